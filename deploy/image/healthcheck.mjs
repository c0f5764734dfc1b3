// The image's health check: ends with 0 when the service answers GET /health with 200, else with 1 and the reason.
// The image has no curl, and needs none.

const port = process.env['PORT'] || '8080';
try {
  const { status } = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2000) });
  if (status !== 200) throw new Error(`GET /health on port ${port} answered ${status} (expected 200)`);
} catch (error) {
  console.error(error.cause?.message ?? error.message);
  process.exitCode = 1;
}
