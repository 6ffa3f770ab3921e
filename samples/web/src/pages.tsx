import { useEffect, useRef, useState } from 'react';
import { ApiError } from './api';

/** A page of a connection. */
interface Page<Row> {
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface State<Row> {
  rows: Row[];
  /** The cursor of the last row; null before the first page. */
  after: string | null;
  status: 'loading' | 'ready' | 'failed' | 'ended';
  error: ApiError | null;
}

/** Rows of a connection, read page by page. `load` must stay the same function. */
export function usePages<Row>(
  load: (after: string | null, signal: AbortSignal) => Promise<Page<Row>>,
) {
  const [state, setState] = useState<State<Row>>({
    rows: [], after: null, status: 'loading', error: null,
  });
  const { status, after } = state;

  useEffect(() => {
    if (status !== 'loading') return;
    const abort = new AbortController();
    const settle = (change: (old: State<Row>) => Partial<State<Row>>) => {
      if (!abort.signal.aborted) setState((old) => ({ ...old, error: null, ...change(old) }));
    };
    load(after, abort.signal).then(
      ({ nodes, pageInfo }) => settle(({ rows }) => ({
        rows: [...rows, ...nodes],
        after: pageInfo.endCursor,
        status: pageInfo.hasNextPage ? 'ready' : 'ended',
      })),
      (error: ApiError) => settle(() => ({ status: 'failed', error })),
    );
    return () => abort.abort();
  }, [load, status, after]);

  const more = () => setState((old) =>
    old.status === 'ready' || old.status === 'failed' ? { ...old, status: 'loading' } : old);
  return { ...state, more };
}

/**
 * The footer below the rows: their number, any error, and the button for more, which
 * is pressed automatically when scrolled into view.
 */
export function PageEnd({ name, pages }: {
  name: string;
  pages: ReturnType<typeof usePages>;
}) {
  const { rows, status, error, more } = pages;
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (status !== 'ready') return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) more();
      },
      { rootMargin: '600px' },
    );
    observer.observe(button.current!);
    return () => observer.disconnect();
  }, [status]);

  return (
    <div className="page-end">
      <p role="status">
        {{
          loading: `Loading ${name} …`,
          ready: `${rows.length} ${name} are shown. There are more.`,
          failed: '',
          ended: rows.length > 0 ? `All ${rows.length} ${name} are shown.` : `There are no ${name}.`,
        }[status]}
      </p>
      {error && (
        <div role="alert">
          <p>{error.message}</p>
          {error.requestId && <p>Request <code>{error.requestId}</code></p>}
        </div>
      )}
      {status !== 'ended' && (
        <button ref={button} type="button" aria-disabled={status === 'loading'} onClick={more}>
          {status === 'failed' ? 'Try again' : 'Show more'}
        </button>
      )}
    </div>
  );
}
