"""The few primitives that all of the vault stands on: bound contexts, padding, one symmetric and one public-key seal."""

import hashlib
import hmac
import secrets
from typing import NewType

from nacl import bindings
from nacl.exceptions import CryptoError

from app.vault.errors import Tampered

#: The two halves of an X25519 key pair, 32 bytes each.
PublicKey = NewType("PublicKey", bytes)
PrivateKey = NewType("PrivateKey", bytes)

KEY_BYTES = 32
_SYMMETRIC = b"vr1:xc20p:"
_SEALED = b"vr1:x25519:"
_NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_TAG_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_ABYTES
_SMALLEST_BUCKET = 256


def bind(purpose: str, *parts: str | bytes) -> bytes:
    """The associated data of one place: version, purpose and parts, each with its length, so that no two places read alike."""
    encoded = [part.encode() if isinstance(part, str) else part for part in ("vr1", purpose, *parts)]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def digest(label: str, data: bytes, key: bytes = b"") -> bytes:
    """32 bytes of BLAKE2b under a label of at most 16 ASCII characters, keyed when `key` (at most 64 bytes) is given."""
    return hashlib.blake2b(data, digest_size=KEY_BYTES, key=key, person=label.encode("ascii")).digest()


def same(left: bytes, right: bytes) -> bool:
    """Whether two values are equal, in a time that does not depend on where they differ."""
    return hmac.compare_digest(left, right)


def _bucket(size: int) -> int:
    """The smallest of 256, 384, 512, 768, 1024, … that holds `size` bytes."""
    bucket = _SMALLEST_BUCKET
    while bucket < size:
        if bucket + bucket // 2 >= size:
            return bucket + bucket // 2
        bucket *= 2
    return bucket


def pad(content: bytes) -> bytes:
    """Content filled up (ISO/IEC 7816-4) to a bucket, so that its length says little and a short answer's length nothing."""
    return bindings.sodium_pad(content, _bucket(len(content) + 1))


def unpad(padded: bytes) -> bytes:
    """The content without its padding. Raises Tampered where there is none."""
    try:
        return bindings.sodium_unpad(padded, len(padded))
    except CryptoError as error:
        raise Tampered("padding is missing") from error


def lock(key: bytes, content: bytes, context: bytes) -> bytes:
    """Content under a 32-byte key and a context (XChaCha20-Poly1305, random nonce), with its format in front."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _SYMMETRIC + nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(content, context, nonce, key)


def unlock(key: bytes, locked: bytes, context: bytes) -> bytes:
    """What `lock` hid. Raises Tampered for another key, context or format, or when one bit changed."""
    body = _body(locked, _SYMMETRIC, _NONCE_BYTES + _TAG_BYTES)
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(body[_NONCE_BYTES:], context, body[:_NONCE_BYTES], key)
    except CryptoError as error:
        raise Tampered("does not open under this key and context") from error


def seal_to(public: PublicKey, content: bytes, context: bytes) -> bytes:
    """Content that only the private half opens (X25519 sealed box).

    A sealed box knows no associated data, so the context's hash travels inside and is compared when it is opened.
    Raises Tampered when `public` is no usable key.
    """
    try:
        return _SEALED + bindings.crypto_box_seal(digest("vr1 context", context) + content, public)
    except (CryptoError, ValueError) as error:
        raise Tampered("not a usable public key") from error


def unseal(private: PrivateKey, sealed: bytes, context: bytes) -> bytes:
    """What `seal_to` hid. Raises Tampered for another key, context or format, or when one bit changed."""
    body = _body(sealed, _SEALED, bindings.crypto_box_SEALBYTES + KEY_BYTES)
    try:
        opened = bindings.crypto_box_seal_open(body, public_of(private), private)
    except CryptoError as error:
        raise Tampered("does not open under this private key") from error
    if not same(opened[:KEY_BYTES], digest("vr1 context", context)):
        raise Tampered("belongs to another place")
    return opened[KEY_BYTES:]


def new_pair() -> tuple[PublicKey, PrivateKey]:
    """A fresh X25519 key pair."""
    public, private = bindings.crypto_box_keypair()
    return PublicKey(public), PrivateKey(private)


def public_of(private: PrivateKey) -> PublicKey:
    """The public half of a private key."""
    return PublicKey(bindings.crypto_scalarmult_base(private))


def _body(stored: bytes, prefix: bytes, least: int) -> bytes:
    if not stored.startswith(prefix):
        raise Tampered("unknown format or algorithm")
    body = stored[len(prefix) :]
    if len(body) < least:
        raise Tampered("cut short")
    return body
