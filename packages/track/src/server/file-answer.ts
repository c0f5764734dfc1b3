import path from 'node:path';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type ArtifactStore, type ByteRange } from '../artifacts/artifact-store.js';

/** What browsers would show as a page is sent as plain text; what is not known, as bytes. */
const MEDIA_TYPES = new Map([
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
  ['.svg', 'image/svg+xml'],
  ['.pdf', 'application/pdf'],
  ['.zip', 'application/zip'],
  ['.gz', 'application/gzip'],
  ['.tar', 'application/x-tar'],
]);
const TEXT_TYPES =
  /^(?:mlmodel|mlproject|.*\.(?:txt|log|err|cfg|conf|cnf|cf|ini|properties|prop|hocon|toml|yaml|yml|xml|json|jsonl|js|ts|py|py3|r|sql|csv|tsv|md|rst|html|htm|sh|ipynb))$/iu;

/** Sends a file of an artifact store as a download, or the part of it that the header `range` asks for. */
export async function sendFile(
  files: ArtifactStore,
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const range = requestedRange(request.headers.range);
  const reading = await files.read(name, range);
  const length = reading.end - reading.start;
  if (range !== undefined) {
    void reply.code(206).header('content-range', `bytes ${reading.start}-${reading.end - 1}/${reading.sizeBytes}`);
  }
  void reply
    .header('accept-ranges', 'bytes')
    .header('content-length', length)
    // Never shown as a page of this server, which could then act in its visitors' names.
    .header('content-disposition', disposition(path.posix.basename(name)))
    .type(mediaType(name));
  if (reading.sha256 !== undefined && range === undefined) void reply.header('etag', `"${reading.sha256}"`);
  return reply.send(reading.body);
}

/** The media type by which MLflow sends a file of this name. */
function mediaType(name: string): string {
  const base = path.posix.basename(name);
  return TEXT_TYPES.test(base)
    ? 'text/plain'
    : (MEDIA_TYPES.get(path.posix.extname(base).toLowerCase()) ?? 'application/octet-stream');
}

function disposition(name: string): string {
  if (/^[\w.-]+$/u.test(name)) return `attachment; filename=${name}`;
  const plain = name.replaceAll(/[^\x20-\x7e]/gu, '_').replaceAll(/["\\]/gu, '_');
  return /^[\x20-\x7e]*$/u.test(name)
    ? `attachment; filename="${plain}"`
    : `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

/** `bytes=0-99` and `bytes=100-`; other forms are ignored, as HTTP allows. */
function requestedRange(header: string | undefined): ByteRange | undefined {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/u.exec(header ?? '') ?? [];
  if (start === undefined) return undefined;
  return end === '' || Number(end) < Number(start)
    ? { start: Number(start) }
    : { start: Number(start), end: Number(end) + 1 };
}
