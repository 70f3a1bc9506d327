const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  }
  return value >>> 0;
});

/** The checksum that Cloud Storage keeps of every object: CRC-32C, four bytes, most significant first (RFC 4960, appendix B). */
export function crc32c(content: Uint8Array): Buffer {
  let value = 0xffffffff;
  for (const byte of content) {
    value = table[(value ^ byte) & 0xff]! ^ (value >>> 8);
  }
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE((value ^ 0xffffffff) >>> 0);
  return checksum;
}
