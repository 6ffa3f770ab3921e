import { ask } from './api';
import { money, time } from './format';
import { PublicEventsDocument, type PublicEventsQuery, type TicketTypeStatus } from './generated/graphql';
import { PageEnd, usePages } from './pages';

type PublicEvent = PublicEventsQuery['publicEvents']['nodes'][number];

const orgSlug = new URLSearchParams(location.search).get('org') || 'demo';

const whyNot: Record<TicketTypeStatus, string | null> = {
  ON_SALE: null,
  SCHEDULED: 'Not on sale yet',
  SOLD_OUT: 'Sold out',
  ENDED: 'No longer on sale',
};

async function load(after: string | null, signal: AbortSignal) {
  return (await ask(PublicEventsDocument, { orgSlug, first: 24, after }, signal)).publicEvents;
}

export function EventsPage() {
  const pages = usePages(load);
  return (
    <>
      <form className="organization">
        <label htmlFor="org">Organization</label>
        <input id="org" name="org" defaultValue={orgSlug} required autoComplete="off" spellCheck={false} />
        <button>Show events</button>
      </form>
      <ul className="events" aria-busy={pages.status === 'loading'}>
        {pages.rows.map((event) => <li key={event.id}><EventCard event={event} /></li>)}
      </ul>
      <PageEnd name="events" pages={pages} />
    </>
  );
}

function EventCard({ event }: { event: PublicEvent }) {
  const { title, url, timezone, startsAt, endsAt, venueName, venueAddress } = event;
  const venue = [venueName, venueAddress].filter(Boolean).join(', ');
  return (
    <article>
      <p className="when"><time dateTime={startsAt}>{time(timezone, startsAt, endsAt)}</time></p>
      <h2><a href={url}>{title}</a></h2>
      {venue && <p className="venue">{venue}</p>}
      {event.description && <p className="description">{event.description}</p>}
      {event.soldOut
        ? <p className="badge">Sold out</p>
        : (
          <ul className="prices" aria-label="Tickets">
            {event.ticketTypes.map((type) => (
              <li key={type.id}>
                <span>{type.name}</span>
                <span>{whyNot[type.status] ?? (type.price === 0 ? 'Free' : money(type.price, type.currency))}</span>
              </li>
            ))}
          </ul>
        )}
    </article>
  );
}
