/** The command that sends a record to `POST /predict`, ready for a POSIX shell whatever the record holds. */
export function curlExample(url: string, record: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(record, null, 2).replaceAll("'", String.raw`'\''`);
  return `curl ${url} \\\n  -H 'content-type: application/json' \\\n  -d '${json}'`;
}
