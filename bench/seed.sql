-- Fills a migrated, empty database. The psql variables organizations, events, orders, and attendees set the number of
-- rows. large_events and large_orders are how many of them belong to org-1 on top of its equal share. Standard input
-- contains the keys, as number,mode,key. The same numbers always produce the same rows.
\set ON_ERROR_STOP on
SET synchronous_commit = off;
SET work_mem = '1GB';
SET maintenance_work_mem = '2GB';
-- Disables triggers: there is nobody to notify, and references are valid by construction.
SET session_replication_role = replica;

-- Indexes are faster to build over all rows than to maintain row by row.
CREATE TEMPORARY TABLE rebuilt AS
SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition
FROM pg_index
WHERE indrelid IN ('orders'::regclass, 'order_items'::regclass, 'attendees'::regclass)
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid);
SELECT 'DROP INDEX ' || name FROM rebuilt \gexec

CREATE FUNCTION pg_temp.id_of(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
    AS $$ SELECT md5(kind || number)::uuid $$;
-- A pseudo-random value from 0 to 1, derived from a number and a salt.
CREATE FUNCTION pg_temp.chance(number bigint, salt bigint) RETURNS double precision LANGUAGE sql IMMUTABLE
    AS $$ SELECT (hashint8extended(number, salt) & 9007199254740991)::double precision / 9007199254740992 $$;

INSERT INTO organizations (id, slug, name, plan, api_terms_accepted_at, created_at, updated_at)
SELECT pg_temp.id_of('organization', n), 'org-' || n, 'Organization ' || n, 'pro', made, made, made
FROM generate_series(1, :organizations) AS n,
    LATERAL (SELECT timestamptz '2023-01-01' + n * interval '1 hour 7.000123 seconds') AS _ (made);

CREATE TEMPORARY TABLE key (number int, mode text, secret text);
\copy key FROM pstdin CSV
INSERT INTO api_keys (id, organization_id, livemode, name, hash, prefix, last_four, scopes, created_at)
SELECT pg_temp.id_of('key ' || mode, number), pg_temp.id_of('organization', number), mode = 'live', 'bench',
    sha256(secret::bytea), left(secret, 8), right(secret, 4),
    ARRAY['events:read', 'events:write', 'ticket_types:write', 'orders:read', 'attendees:read'], now()
FROM key;
INSERT INTO stripe_accounts
    (organization_id, livemode, charges_enabled, details_submitted, payouts_enabled, updated_at)
SELECT id, true, true, true, true, now() FROM organizations;

-- Events are spread over the first nine tenths of the organizations. The last tenth has none, and is used for writes.
CREATE TEMPORARY TABLE event AS
SELECT n, pg_temp.id_of('event', n) AS id, round % 10 <> 9 AS livemode,
    pg_temp.id_of('organization', CASE WHEN n > :events - :large_events THEN 1 ELSE 1 + n % spread END)
        AS organization_id,
    (ARRAY['published', 'published', 'published', 'draft', 'cancelled'])[1 + round % 5] AS status,
    timestamptz '2026-01-01' + pg_temp.chance(n, 1) * interval '700 days' AS starts_at,
    timestamptz '2024-01-01' + pg_temp.chance(n, 2) * interval '800 days' AS created_at
FROM generate_series(1, :events) AS n, LATERAL (SELECT :organizations * 9 / 10) AS __ (spread),
    LATERAL (SELECT n / spread) AS _ (round);
CREATE UNIQUE INDEX ON event (n);
ANALYZE event;
INSERT INTO events (id, organization_id, livemode, title, slug, description, status, timezone, starts_at, ends_at,
    currency, venue_name, metadata, published_at, cancelled_at, version, created_at, updated_at, sold_out_announced)
SELECT id, organization_id, livemode, 'Event number ' || n, 'event-' || n,
    'A night of music, talks and food, number ' || n || '.', status, 'America/Chicago', starts_at,
    starts_at + interval '3 hours', 'usd', 'Hall ' || n % 37, '{}', CASE WHEN status <> 'draft' THEN created_at END,
    CASE WHEN status = 'cancelled' THEN created_at END, 1, created_at, created_at, false
FROM event;

INSERT INTO ticket_types (id, organization_id, livemode, event_id, name, price, currency, quantity_total,
    quantity_sold, quantity_held, min_per_order, max_per_order, position, metadata, version, created_at, updated_at)
SELECT pg_temp.id_of('type', n * 3 + k), organization_id, livemode, id,
    (ARRAY['General Admission', 'VIP', 'Student'])[k + 1], (ARRAY[2500, 9000, 1500])[k + 1], 'usd', 500, 100, 0, 1,
    10, k, '{}', 1, created_at + k * interval '1.000001 seconds', created_at
FROM event, generate_series(0, 2) AS k;

-- Some events sell far more than others.
INSERT INTO orders (id, organization_id, livemode, number, event_id, status, buyer_name, buyer_email,
    buyer_email_key, currency, subtotal_amount, discount_amount, tax_amount, fee_amount, total_amount,
    refunded_amount, payment_provider, payment_reference, payment_status, captured_amount, difference_amount,
    payment_checks, hold_expires_at, confirmed_at, version, created_at, updated_at)
SELECT pg_temp.id_of('order', number), organization_id, livemode, 1000 + number, event.id, state,
    'Buyer Number ' || buyer, 'buyer' || buyer || '@example.com', 'buyer' || buyer || '@example.com', 'usd', total,
    0, 0, 0, total, 0, 'test', 'tp_' || number, CASE WHEN is_paid THEN 'succeeded' ELSE 'pending' END,
    CASE WHEN is_paid THEN total ELSE 0 END, 0, 0, CASE WHEN state = 'pending' THEN timestamptz '2099-01-01' END, CASE WHEN is_paid THEN made END, 1, made,
    made + interval '61.5 seconds'
FROM (
    SELECT n AS number, n % 250000 AS buyer, 2500 * (1 + n % 4) AS total,
        (ARRAY['confirmed', 'confirmed', 'confirmed', 'confirmed', 'pending', 'refunded', 'expired'])[1 + n % 7]
            AS state,
        CASE WHEN n > :orders - :large_orders
            THEN :events - :large_events + 1 + floor(:large_events * power(pg_temp.chance(n, 3), 1.4))::int
            ELSE 1 + floor((:events - :large_events) * power(pg_temp.chance(n, 3), 1.4))::int END AS event_number,
        timestamptz '2024-01-01' + pg_temp.chance(n, 4) * interval '1000 days' AS made
    FROM generate_series(1, :orders) AS n) AS sale
JOIN event ON event.n = event_number, LATERAL (SELECT state IN ('confirmed', 'refunded')) AS _ (is_paid)
ORDER BY made;
INSERT INTO order_items
    (id, organization_id, livemode, order_id, ticket_type_id, name, quantity, unit_price, position, named)
SELECT pg_temp.id_of('item', o.number), o.organization_id, o.livemode, o.id, pg_temp.id_of('type', event.n * 3),
    'General Admission', o.total_amount / 2500, 2500, 0, '[]'
FROM orders AS o JOIN event ON event.id = o.event_id;

INSERT INTO attendees (id, organization_id, livemode, event_id, order_id, order_number, ticket_type_id,
    ticket_type_name, ticket_code, status, name, email, email_key, price, amount_paid, currency, checked_in_at,
    version, created_at, updated_at)
SELECT pg_temp.id_of('attendee', k), o.organization_id, o.livemode, o.event_id, o.id, o.number,
    pg_temp.id_of('type', event.n * 3 + k % 3), (ARRAY['General Admission', 'VIP', 'Student'])[1 + k % 3],
    (SELECT string_agg(
        substr('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 1 + (k::bigint >> (5 * place) & 31)::int, 1), '' ORDER BY place)
        FROM generate_series(0, 7) AS place),
    CASE WHEN k % 11 = 0 THEN 'void' ELSE 'valid' END, 'Attendee ' || k % 500000, email, email, 2500, 2500, 'usd',
    CASE WHEN k % 3 = 0 THEN o.created_at + interval '10 days' END, 1,
    o.created_at + (k % 1000) * interval '1 microsecond', o.updated_at
FROM generate_series(1, :attendees) AS k
JOIN orders AS o ON o.id = pg_temp.id_of('order', 1 + k % :orders)
JOIN event ON event.id = o.event_id,
    LATERAL (SELECT 'attendee' || k % 500000 || '@example.com') AS _ (email)
ORDER BY o.created_at;
INSERT INTO order_counters (organization_id, livemode, last)
SELECT organization_id, livemode, max(number) FROM orders GROUP BY 1, 2;
SELECT definition FROM rebuilt \gexec
VACUUM ANALYZE;
