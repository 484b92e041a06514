//! A timestamp token (RFC 3161): a signed statement of a timestamp authority that a hash was known to it at a time.

use aws_lc_rs::{
    digest,
    signature::{self, UnparsedPublicKey, VerificationAlgorithm},
};
use chrono::NaiveDateTime;
use cms::{
    cert::CertificateChoices,
    content_info::ContentInfo,
    signed_data::{SignedData, SignerIdentifier, SignerInfo},
};
use der::{
    Any, Decode as _, Encode as _, Reader, Sequence, SliceReader, Tag, Tagged as _,
    asn1::{Int, ObjectIdentifier, OctetString, Uint},
    oid::db::{rfc5911, rfc5912},
};
use sha2::{Digest as _, Sha256};
use x509_cert::{Certificate, attr::Attributes, ext::pkix::ExtendedKeyUsage, spki::AlgorithmIdentifierOwned};

/// What a token says is of this kind: `id-ct-TSTInfo`.
const STATEMENT: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// Which certificate signed, named by its SHA-1 (RFC 2634) or by another hash (RFC 5035).
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// A hash and how it was made.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(super) struct Imprint {
    pub algorithm: AlgorithmIdentifierOwned,
    pub hash: OctetString,
}

/// Why a token says nothing about a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum TokenFault {
    #[error("the timestamp cannot be read")]
    Unreadable,
    #[error("the timestamp is for something else")]
    OtherImprint,
    #[error("the timestamp answers another question")]
    OtherNonce,
    #[error("the timestamp carries no certificate that may make timestamps")]
    NoCertificate,
    #[error("the timestamp is not signed by the certificate that it carries")]
    Forged,
}

impl From<der::Error> for TokenFault {
    fn from(_malformed: der::Error) -> Self {
        Self::Unreadable
    }
}

/// What a token says.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// UTC.
    pub at: NaiveDateTime,
    /// The subject of the certificate that signed.
    pub authority: String,
    pub nonce: Option<Uint>,
}

impl Token {
    /// Reads a token, which has to be about these bytes. Whether its certificate can be trusted is for its reader to judge.
    pub(super) fn read(token: &Any, stamped: &[u8]) -> Result<Self, TokenFault> {
        let info: ContentInfo = token.decode_as()?;
        let data: SignedData = info.content.decode_as()?;
        let content = data.encap_content_info.econtent.as_ref().ok_or(TokenFault::Unreadable)?;
        let content = content.decode_as::<OctetString>()?;
        let statement = Statement::read(content.as_bytes())?;
        let hash = Sha256::digest(stamped);
        if statement.imprint.algorithm.oid != rfc5912::ID_SHA_256
            || statement.imprint.hash.as_bytes() != hash.as_slice()
        {
            return Err(TokenFault::OtherImprint);
        }
        let [signer] = data.signer_infos.0.as_slice() else { return Err(TokenFault::Unreadable) };
        let certificate = certificate_of(signer, &data).ok_or(TokenFault::NoCertificate)?;
        check_certificate(certificate, statement.at)?;
        check_signature(signer, certificate, content.as_bytes())?;
        let authority = certificate.tbs_certificate.subject.to_string().replace(char::is_control, " ");
        Ok(Self { at: statement.at, authority, nonce: statement.nonce })
    }
}

/// What the authority signs (`TSTInfo`).
struct Statement {
    imprint: Imprint,
    at: NaiveDateTime,
    nonce: Option<Uint>,
}

impl Statement {
    fn read(bytes: &[u8]) -> Result<Self, TokenFault> {
        let mut reader = SliceReader::new(bytes)?;
        let (imprint, at, nonce) = reader.sequence(|inside| {
            let _version: u8 = inside.decode()?;
            let _policy: ObjectIdentifier = inside.decode()?;
            let imprint: Imprint = inside.decode()?;
            let _serial: Int = inside.decode()?;
            let at: Any = inside.decode()?;
            // Accuracy and order may stand before the nonce, a name and extensions behind it; none of them is a number.
            let mut nonce = None;
            while !inside.is_finished() {
                let other: Any = inside.decode()?;
                if other.tag() == Tag::Integer {
                    nonce = Some(other.decode_as::<Uint>()?);
                }
            }
            Ok((imprint, at, nonce))
        })?;
        let at = time_of(&at).ok_or(TokenFault::Unreadable)?;
        Ok(Self { imprint, at, nonce })
    }
}

/// A time that may have parts of a second.
fn time_of(at: &Any) -> Option<NaiveDateTime> {
    let text = std::str::from_utf8(at.value()).ok().filter(|_| at.tag() == Tag::GeneralizedTime)?;
    NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S%.fZ").ok()
}

/// The certificate that the signer names, if the token carries it.
fn certificate_of<'a>(signer: &SignerInfo, data: &'a SignedData) -> Option<&'a Certificate> {
    let certificates = data.certificates.as_ref()?.0.iter().filter_map(|choice| match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    });
    let attributes = signer.signed_attrs.as_ref()?;
    certificates.into_iter().find(|certificate| {
        let named = match &signer.sid {
            SignerIdentifier::IssuerAndSerialNumber(id) => {
                let inside = &certificate.tbs_certificate;
                inside.issuer == id.issuer && inside.serial_number == id.serial_number
            }
            // The hash among the attributes says the same.
            SignerIdentifier::SubjectKeyIdentifier(_) => true,
        };
        named && is_hashed(attributes, certificate).unwrap_or(false)
    })
}

/// Whether the attributes name this certificate by its hash, so that no other can be put in its place.
fn is_hashed(attributes: &Attributes, certificate: &Certificate) -> Result<bool, der::Error> {
    let bytes = certificate.to_der()?;
    if let Some(named) = value_of(attributes, SIGNING_CERTIFICATE_V2) {
        let (algorithm, hash) = first_hash(named)?;
        let algorithm = algorithm.map_or(Some(&digest::SHA256), |it| digest_of(it.oid));
        return Ok(algorithm.is_some_and(|algorithm| digest::digest(algorithm, &bytes).as_ref() == hash.as_bytes()));
    }
    let Some(named) = value_of(attributes, SIGNING_CERTIFICATE) else { return Ok(false) };
    let (_, hash) = first_hash(named)?;
    Ok(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &bytes).as_ref() == hash.as_bytes())
}

/// The first certificate's hash, and how it was made if that is said.
fn first_hash(named: &Any) -> Result<(Option<AlgorithmIdentifierOwned>, OctetString), der::Error> {
    named.sequence(|all| {
        let found = all.sequence(|certificates| {
            let found = certificates.sequence(|one| {
                let said = one.peek_tag()? == Tag::Sequence;
                let algorithm = if said { Some(one.decode()?) } else { None };
                let hash = one.decode()?;
                skip_rest(one)?;
                Ok((algorithm, hash))
            })?;
            skip_rest(certificates)?;
            Ok(found)
        })?;
        skip_rest(all)?;
        Ok(found)
    })
}

fn skip_rest<'r>(reader: &mut impl Reader<'r>) -> Result<(), der::Error> {
    while !reader.is_finished() {
        Any::decode(reader)?;
    }
    Ok(())
}

/// The certificate has to be one for timestamps, and good at that time.
fn check_certificate(certificate: &Certificate, at: NaiveDateTime) -> Result<(), TokenFault> {
    let inside = &certificate.tbs_certificate;
    let usage = inside.get::<ExtendedKeyUsage>()?.ok_or(TokenFault::NoCertificate)?.1;
    let seconds = u64::try_from(at.and_utc().timestamp()).map_err(|_before_1970| TokenFault::Unreadable)?;
    let [from, until] =
        [inside.validity.not_before, inside.validity.not_after].map(|it| it.to_unix_duration().as_secs());
    let good = from <= seconds && seconds <= until && usage.0.contains(&rfc5912::ID_KP_TIME_STAMPING);
    if good { Ok(()) } else { Err(TokenFault::NoCertificate) }
}

fn check_signature(signer: &SignerInfo, certificate: &Certificate, content: &[u8]) -> Result<(), TokenFault> {
    let attributes = signer.signed_attrs.as_ref().ok_or(TokenFault::Unreadable)?;
    let hash = digest_of(signer.digest_alg.oid).ok_or(TokenFault::Unreadable)?;
    let told = value_of(attributes, rfc5911::ID_MESSAGE_DIGEST).ok_or(TokenFault::Unreadable)?;
    let kind = value_of(attributes, rfc5911::ID_CONTENT_TYPE).ok_or(TokenFault::Unreadable)?;
    if kind.decode_as::<ObjectIdentifier>()? != STATEMENT {
        return Err(TokenFault::Unreadable);
    }
    if told.decode_as::<OctetString>()?.as_bytes() != digest::digest(hash, content).as_ref() {
        return Err(TokenFault::Forged);
    }
    let info = &certificate.tbs_certificate.subject_public_key_info;
    let curve = info.algorithm.parameters.as_ref().and_then(|it| it.decode_as::<ObjectIdentifier>().ok());
    let way = way_of(info.algorithm.oid, curve, hash).ok_or(TokenFault::NoCertificate)?;
    let key = UnparsedPublicKey::new(way, info.subject_public_key.raw_bytes());
    key.verify(&attributes.to_der()?, signer.signature.as_bytes()).map_err(|_hidden| TokenFault::Forged)
}

/// The only value of an attribute that stands there once.
fn value_of(attributes: &Attributes, kind: ObjectIdentifier) -> Option<&Any> {
    let mut found = attributes.iter().filter(|attribute| attribute.oid == kind);
    let (first, None) = (found.next()?, found.next()) else { return None };
    let [value] = first.values.as_slice() else { return None };
    Some(value)
}

fn digest_of(algorithm: ObjectIdentifier) -> Option<&'static digest::Algorithm> {
    match algorithm {
        rfc5912::ID_SHA_256 => Some(&digest::SHA256),
        rfc5912::ID_SHA_384 => Some(&digest::SHA384),
        rfc5912::ID_SHA_512 => Some(&digest::SHA512),
        _ => None,
    }
}

/// How authorities sign: RSA or one of three curves, over one of three hashes.
fn way_of(
    key: ObjectIdentifier,
    curve: Option<ObjectIdentifier>,
    hash: &'static digest::Algorithm,
) -> Option<&'static dyn VerificationAlgorithm> {
    let place = [&digest::SHA256, &digest::SHA384, &digest::SHA512].iter().position(|it| *it == hash)?;
    let rsa: [&'static dyn VerificationAlgorithm; 3] = [
        &signature::RSA_PKCS1_2048_8192_SHA256,
        &signature::RSA_PKCS1_2048_8192_SHA384,
        &signature::RSA_PKCS1_2048_8192_SHA512,
    ];
    let p256: [&'static dyn VerificationAlgorithm; 2] =
        [&signature::ECDSA_P256_SHA256_ASN1, &signature::ECDSA_P256_SHA384_ASN1];
    let p384: [&'static dyn VerificationAlgorithm; 2] =
        [&signature::ECDSA_P384_SHA256_ASN1, &signature::ECDSA_P384_SHA384_ASN1];
    let p521: [&'static dyn VerificationAlgorithm; 3] =
        [&signature::ECDSA_P521_SHA256_ASN1, &signature::ECDSA_P521_SHA384_ASN1, &signature::ECDSA_P521_SHA512_ASN1];
    match (key, curve) {
        (rfc5912::RSA_ENCRYPTION, _) => rsa.get(place).copied(),
        (rfc5912::ID_EC_PUBLIC_KEY, Some(rfc5912::SECP_256_R_1)) => p256.get(place).copied(),
        (rfc5912::ID_EC_PUBLIC_KEY, Some(rfc5912::SECP_384_R_1)) => p384.get(place).copied(),
        (rfc5912::ID_EC_PUBLIC_KEY, Some(rfc5912::SECP_521_R_1)) => p521.get(place).copied(),
        _ => None,
    }
}
