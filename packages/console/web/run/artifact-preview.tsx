import { useState } from 'preact/hooks';
import { artifactAddress, artifactContent, type Artifact } from '../api/artifacts.js';
import { sessionKey } from '../api/session-key.js';
import { formatSize } from '../format/number.js';
import { ErrorNotice, Loaded } from '../parts/notice.js';
import { useResource } from '../parts/use-resource.js';
import { MAX_PREVIEW_BYTES, previewKind, readableText, type PreviewKind } from './preview-kind.js';

/** One file: its content where it can be shown, and a way to save it. */
export function ArtifactPreview({ runId, file }: { runId: string; file: Artifact }) {
  const kind = previewKind(file.path);
  const isSmall = (file.sizeBytes ?? 0) <= MAX_PREVIEW_BYTES;
  return (
    <div class="sheet preview">
      <header>
        <h3>{file.path}</h3>
        <Download runId={runId} path={file.path} />
      </header>
      {kind === 'none' ? (
        <p class="hint">A file of this kind is not shown here.</p>
      ) : isSmall ? (
        <Content runId={runId} path={file.path} kind={kind} />
      ) : (
        <p class="hint">With {formatSize(file.sizeBytes)} it is too large to be shown here.</p>
      )}
    </div>
  );
}

function Content({ runId, path, kind }: { runId: string; path: string; kind: PreviewKind }) {
  const content = useResource(
    async (signal) => {
      const blob = await artifactContent(runId, path, signal);
      return kind === 'image' ? dataAddress(blob) : readableText(await blob.text(), kind);
    },
    [runId, path],
  );
  return (
    <Loaded resource={content} what={path}>
      {(shown) =>
        kind === 'image' ? (
          <img src={shown} alt={`The picture ${path}`} />
        ) : (
          <pre tabIndex={0} role="region" aria-label={`Content of ${path}`}>
            <code>{shown}</code>
          </pre>
        )
      }
    </Loaded>
  );
}

/** A plain link; with a key the file is fetched, since links carry none. */
function Download({ runId, path }: { runId: string; path: string }) {
  const [error, setError] = useState<unknown>(undefined);
  const name = path.split('/').at(-1) ?? path;
  const save = async () => {
    try {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await artifactContent(runId, path));
      link.download = name;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <>
      <a
        href={artifactAddress(runId, path)}
        download={name}
        onClick={(event) => {
          if (sessionKey.value === '') return;
          event.preventDefault();
          void save();
        }}
      >
        Download
      </a>
      {error !== undefined && <ErrorNotice error={error} />}
    </>
  );
}

/** The content as an address of its own: the pages' policy admits pictures from nowhere else. */
function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(new Error('The picture cannot be read.'));
    reader.readAsDataURL(blob);
  });
}
