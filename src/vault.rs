//! Secrets at rest: sealing with XChaCha20-Poly1305, keyed hashes, random tokens and their hashes.

use std::{fmt, path::Path};

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};

/// Length of a key in bytes.
const KEY_BYTES: usize = 32;
/// Length of the key's id that stands before each sealed text.
const KEY_ID_BYTES: usize = 8;
/// Length of the cipher's nonce.
const NONCE_BYTES: usize = 24;

#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error(
        "a secret key must be {KEY_BYTES} bytes in base64 (44 characters), for example from `openssl rand -base64 32`"
    )]
    Key,
    #[error("the key file {0} cannot be read or made: {1}")]
    KeyFile(String, #[source] std::io::Error),
    #[error("the sealed text was made with a key that is not set")]
    UnknownKey,
    #[error("the sealed text does not open: it was changed, or it belongs elsewhere")]
    Broken,
}

/// Seals and opens secrets. The first key seals; every key opens, so that keys can be changed.
#[derive(Clone)]
pub struct Vault {
    keys: Vec<[u8; KEY_BYTES]>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(hidden)")
    }
}

impl Vault {
    /// Reads keys in base64, separated by commas; the first is the one that seals.
    pub fn from_setting(text: &str) -> Result<Self, VaultError> {
        let keys = text.split(',').map(parse_key).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { keys })
    }

    /// Reads the key file, or makes one with a new key that only this user may read.
    pub fn from_file(path: &Path) -> Result<Self, VaultError> {
        let told = |error| VaultError::KeyFile(path.display().to_string(), error);
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_setting(text.trim()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let text = BASE64.encode(&random::<KEY_BYTES>());
                write_private(path, &text).map_err(told)?;
                Self::from_setting(&text)
            }
            Err(error) => Err(told(error)),
        }
    }

    /// Seals `plain`. `place` names the row and column, so that a sealed text cannot be moved elsewhere.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Vec<u8> {
        let key = self.keys.first().expect("a vault is only made with at least one key");
        let nonce = random::<NONCE_BYTES>();
        let sealed = cipher(key)
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: place.as_bytes() })
            .expect("encryption in memory only fails for texts of hundreds of gigabytes");
        [key_id(key).as_slice(), &nonce, &sealed].concat()
    }

    /// Opens what [`Vault::seal`] made for the same place.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (id, rest) = sealed.split_at_checked(KEY_ID_BYTES).ok_or(VaultError::Broken)?;
        let (nonce, text) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::Broken)?;
        let key = self.keys.iter().find(|key| key_id(key) == id).ok_or(VaultError::UnknownKey)?;
        cipher(key)
            .decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: place.as_bytes() })
            .map_err(|_hidden| VaultError::Broken)
    }

    /// A hash that only this installation can compute, for finding a secret without keeping it in clear.
    /// Uses the last key, so that adding a newer one in front does not change it.
    pub fn keyed_hash(&self, place: &str, text: &str) -> String {
        let key = self.keys.last().expect("a vault is only made with at least one key");
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
        mac.update(place.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        HEXLOWER.encode(&mac.finalize().into_bytes())
    }
}

fn cipher(key: &[u8; KEY_BYTES]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key).into())
}

fn key_id(key: &[u8; KEY_BYTES]) -> [u8; KEY_ID_BYTES] {
    let digest: [u8; 32] = Sha256::new_with_prefix(b"portdesk key id").chain_update(key).finalize().into();
    *digest.first_chunk().expect("a SHA-256 digest is longer than a key id")
}

fn parse_key(text: &str) -> Result<[u8; KEY_BYTES], VaultError> {
    let bytes = BASE64.decode(text.trim().as_bytes()).map_err(|_hidden| VaultError::Key)?;
    bytes.try_into().map_err(|_hidden| VaultError::Key)
}

/// Makes a file that only this user may read. One that is there is an error.
pub(crate) fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Random bytes of the operating system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A secret of 256 bits for cookies and links. Only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new random token.
    pub fn new() -> Self {
        Self(BASE64URL_NOPAD.encode(&random::<32>()))
    }

    /// A token as it came back from a browser.
    pub fn from_client(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text that goes into a cookie or link.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored: SHA-256 in hex. The token is random, so it needs no salt.
    pub fn hash(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.0.as_bytes()))
    }
}

impl Default for Token {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(keys: &[[u8; 32]]) -> Vault {
        Vault { keys: keys.to_vec() }
    }

    #[test]
    fn opens_what_it_sealed_in_the_same_place_only() {
        let vault = vault(&[[7; 32]]);
        let sealed = vault.seal("drafts:1", b"4321");
        assert_eq!(vault.open("drafts:1", &sealed).unwrap(), b"4321");
        assert!(matches!(vault.open("drafts:2", &sealed), Err(VaultError::Broken)));
        assert!(!sealed.windows(4).any(|window| window == b"4321"));
    }

    #[test]
    fn notices_every_changed_byte() {
        let vault = vault(&[[7; 32]]);
        let sealed = vault.seal("x", b"secret");
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert!(vault.open("x", &changed).is_err(), "byte {index}");
        }
        assert!(vault.open("x", &sealed[..10]).is_err());
        assert!(vault.open("x", &[]).is_err());
    }

    #[test]
    fn an_older_key_still_opens_and_hashes_stay() {
        let old = vault(&[[1; 32]]);
        let both = vault(&[[2; 32], [1; 32]]);
        assert_eq!(both.open("x", &old.seal("x", b"a")).unwrap(), b"a");
        assert!(matches!(old.open("x", &both.seal("x", b"a")), Err(VaultError::UnknownKey)));
        assert_eq!(old.keyed_hash("account", "1234"), both.keyed_hash("account", "1234"));
    }

    #[test]
    fn refuses_keys_of_another_length() {
        assert!(Vault::from_setting("c2hvcnQ=").is_err());
        assert!(Vault::from_setting("not base64").is_err());
        assert!(Vault::from_setting(&BASE64.encode(&[9; 32])).is_ok());
    }

    #[test]
    fn makes_a_private_key_file_once() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let first = Vault::from_file(&path).unwrap();
        let again = Vault::from_file(&path).unwrap();
        assert_eq!(again.open("x", &first.seal("x", b"a")).unwrap(), b"a");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
