import hashlib


def token_hash(token: str) -> str:
    """Return what we keep of a random token of ours: long enough that a plain hash cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
