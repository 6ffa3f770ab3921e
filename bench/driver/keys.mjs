// Deterministic API keys in the product's format (prefix, 32 characters, checksum). As a program, it prints
// number,mode,key for the given number of organizations.
import { createHash } from 'node:crypto';
import { argv } from 'node:process';

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_LENGTH = 6;

export function keyOf(number, mode) {
  const hash = createHash('sha256').update(mode + number).digest();
  const body = `sk_${mode}_` + [...hash].map((byte) => BASE_62[byte % 62]).join('');
  let rest = crc32(body);
  let checksum = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    checksum = BASE_62[rest % 62] + checksum;
    rest = Math.floor(rest / 62);
  }
  return body + checksum;
}

function crc32(text) {
  let crc = ~0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

if (argv[1].endsWith('keys.mjs')) {
  for (let number = 1; number <= Number(argv[2]); number++) {
    for (const mode of ['live', 'test']) console.log(`${number},${mode},${keyOf(number, mode)}`);
  }
}
