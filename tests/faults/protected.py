"""A workbook that a password protects, as Excel writes it: the sealed package, and how it is sealed.

By Microsoft's open specifications [MS-CFB] and [MS-OFFCRYPTO], 2.3.4.10 (agile encryption).
"""

import struct
from random import Random
from typing import Final

_SECTOR: Final = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_HOW: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" '
    'xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
    '<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
    'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="MTIzNDU2Nzg5MDEyMzQ1Ng=="/></encryption>'
)


def protected_workbook() -> bytes:
    """Return the content of such a file."""
    info = struct.pack("<HHI", 4, 4, 0x40) + _HOW.encode()
    package = struct.pack("<Q", 9_000) + Random(1).randbytes(9_008)  # noqa: S311 - sealed content looks like chance
    streams = {"EncryptionInfo": info.ljust(4_096, b" "), "EncryptedPackage": package}
    chain, first, body = [_FAT, _END], [], b""
    for stream in streams.values():
        first.append(len(chain))
        sectors = -(-len(stream) // _SECTOR)
        chain += [*range(len(chain) + 1, len(chain) + sectors), _END]
        body += stream.ljust(sectors * _SECTOR, b"\0")
    chain += [_FREE] * (_SECTOR // 4 - len(chain))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4_096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    entries = _entry("Root Entry", 5, _FREE, 1, _END, 0)
    for number, (name, stream) in enumerate(streams.items()):
        entries += _entry(name, 2, 2 if number == 0 else _FREE, _FREE, first[number], len(stream))
    return header + struct.pack(f"<{len(chain)}I", *chain) + entries.ljust(_SECTOR, b"\0") + body


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    place = struct.pack("<HBBIII", len(text), kind, 1, _FREE, right, child)
    return text.ljust(64, b"\0") + place + bytes(36) + struct.pack("<IQ", start, size)
