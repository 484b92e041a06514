//! The signature itself: a detached CMS message with the attributes that `PAdES` baseline B-B asks for (ETSI EN 319 142-1).

use cms::{
    cert::{CertificateChoices, IssuerAndSerialNumber},
    content_info::{CmsVersion, ContentInfo},
    signed_data::{CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos},
};
use der::{
    Any, Encode as _, Reader as _, Sequence, SliceReader,
    asn1::{ObjectIdentifier, OctetString, SetOfVec},
    oid::db::{rfc5911, rfc5912},
};
use p256::ecdsa::{
    DerSignature, VerifyingKey,
    signature::{Signer as _, Verifier as _},
};
use sha2::{Digest as _, Sha256};
use x509_cert::{
    Certificate,
    attr::{Attribute, Attributes},
    spki::AlgorithmIdentifierOwned,
};

use super::{Fault, certificate::Fingerprint, key::SealKey, token::Token};

/// What was signed is named by its hash alone.
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// What else stands beside a signature: when an authority knew of it (`id-aa-timeStampToken`).
const TIMESTAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");

/// RFC 5035, with SHA-256 as the hash that need not be named.
#[derive(Sequence)]
struct SigningCertificateV2 {
    certificates: Vec<EssCertIdV2>,
}

/// RFC 5035.
#[derive(Sequence)]
struct EssCertIdV2 {
    hash: OctetString,
}

/// A signature that does not stand in a file yet.
pub(super) struct Signature<'a> {
    certificate: &'a Certificate,
    attributes: Attributes,
    made: DerSignature,
}

impl<'a> Signature<'a> {
    /// Signs a SHA-256.
    pub(super) fn new(key: &'a SealKey, digest: &[u8; 32]) -> Result<Self, der::Error> {
        let attributes = attributes(key.fingerprint(), digest)?;
        // The signature is over the set as it is written by itself, with the tag of a set (RFC 5652, 5.4).
        let made = key.signing.sign(&attributes.to_der()?);
        Ok(Self { certificate: key.certificate(), attributes, made })
    }

    /// What a timestamp is about.
    pub(super) fn value(&self) -> &[u8] {
        self.made.as_bytes()
    }

    /// Everything about the signature, as it stands in a file; with a timestamp token it is `PAdES` B-T.
    pub(super) fn message(&self, token: Option<Any>) -> Result<Vec<u8>, der::Error> {
        message(self.certificate, self.attributes.clone(), &self.made, token)
    }
}

fn message(
    certificate: &Certificate,
    attributes: Attributes,
    signature: &DerSignature,
    token: Option<Any>,
) -> Result<Vec<u8>, der::Error> {
    let sha256 = AlgorithmIdentifierOwned { oid: rfc5912::ID_SHA_256, parameters: None };
    let certificates = SetOfVec::try_from(vec![CertificateChoices::Certificate(certificate.clone())])?;
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: certificate.tbs_certificate.issuer.clone(),
            serial_number: certificate.tbs_certificate.serial_number.clone(),
        }),
        digest_alg: sha256.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: AlgorithmIdentifierOwned { oid: rfc5912::ECDSA_WITH_SHA_256, parameters: None },
        signature: OctetString::new(signature.as_bytes())?,
        unsigned_attrs: token.map(|token| SetOfVec::try_from(vec![attribute(TIMESTAMP, token)?])).transpose()?,
    };
    let data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha256])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: rfc5911::ID_DATA, econtent: None },
        certificates: Some(CertificateSet(certificates)),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::try_from(vec![signer])?),
    };
    ContentInfo { content_type: rfc5911::ID_SIGNED_DATA, content: Any::encode_from(&data)? }.to_der()
}

fn attributes(certificate: Fingerprint, digest: &[u8]) -> Result<Attributes, der::Error> {
    let hash = OctetString::new(certificate.as_bytes().as_slice())?;
    let signing = SigningCertificateV2 { certificates: vec![EssCertIdV2 { hash }] };
    SetOfVec::try_from(vec![
        attribute(rfc5911::ID_CONTENT_TYPE, Any::encode_from(&rfc5911::ID_DATA)?)?,
        attribute(rfc5911::ID_MESSAGE_DIGEST, Any::encode_from(&OctetString::new(digest)?)?)?,
        attribute(SIGNING_CERTIFICATE_V2, Any::encode_from(&signing)?)?,
    ])
}

fn attribute(oid: ObjectIdentifier, value: Any) -> Result<Attribute, der::Error> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

/// What a signature in a file says.
pub(super) struct Opened {
    pub certificate: Certificate,
    digest: Vec<u8>,
    attributes: Vec<u8>,
    signature: DerSignature,
    token: Option<Any>,
}

impl Opened {
    /// Reads a signature; behind it there may only be the zeros that fill its place.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Fault> {
        Self::try_read(bytes).map_err(|_malformed| Fault::Unreadable)
    }

    fn try_read(bytes: &[u8]) -> Result<Self, der::Error> {
        let failed = || der::Error::from(der::ErrorKind::Failed);
        let mut reader = SliceReader::new(bytes)?;
        let info: ContentInfo = reader.decode()?;
        let data: SignedData = info.content.decode_as()?;
        let [signer] = data.signer_infos.0.as_slice() else { return Err(failed()) };
        let certificates = data.certificates.as_ref().map(|set| set.0.as_slice()).unwrap_or_default();
        let [CertificateChoices::Certificate(certificate)] = certificates else { return Err(failed()) };
        let mut digests = signer.signed_attrs.iter().flat_map(SetOfVec::iter);
        let digest = digests.find(|attribute| attribute.oid == rfc5911::ID_MESSAGE_DIGEST).ok_or_else(failed)?;
        let digest = digest.values.get(0).ok_or_else(failed)?.decode_as::<OctetString>()?.into_bytes();
        let attributes = attributes(Fingerprint::of(certificate)?, &digest)?;
        let signature = DerSignature::from_bytes(signer.signature.as_bytes()).map_err(|_malformed| failed())?;
        let token = signer.unsigned_attrs.iter().flat_map(SetOfVec::iter).find(|attribute| attribute.oid == TIMESTAMP);
        let token = token.and_then(|attribute| attribute.values.get(0)).cloned();
        let written = attributes.to_der()?;
        let opened = Self { certificate: certificate.clone(), digest, attributes: written, signature, token };
        // Nothing in it may say more or other than what we write, even where a reader would not mind.
        let mut written = message(certificate, attributes, &opened.signature, opened.token.clone())?;
        written.resize(bytes.len(), 0);
        if written == bytes { Ok(opened) } else { Err(failed()) }
    }

    /// Whether these bytes are what was signed.
    pub(super) fn is_about(&self, signed: [&[u8]; 2]) -> bool {
        let digest = signed.iter().fold(Sha256::new(), Sha256::chain_update).finalize();
        self.digest == digest.as_slice()
    }

    /// Whether this key made the signature.
    pub(super) fn is_by(&self, key: &VerifyingKey) -> bool {
        key.verify(&self.attributes, &self.signature).is_ok()
    }

    /// The timestamp beside the signature, if there is one, which has to be about the signature.
    pub(super) fn timestamp(&self) -> Result<Option<Token>, Fault> {
        let read = self.token.as_ref().map(|token| Token::read(token, self.signature.as_bytes()));
        read.transpose().map_err(|_of_something_else| Fault::Timestamp)
    }
}
