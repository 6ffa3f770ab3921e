-- Creates three roles with the permissions that each needs. Run this as a superuser in the database, then set passwords:
--   createdb equaticket
--   psql --dbname=equaticket --file=deploy/postgresql/roles.sql
--   psql --command='\password equaticket_owner' --command='\password equaticket_server' --command='\password equaticket_reader'
-- Run it again after the first `./equaticket migrate`, so that the reader can read, and before and after
-- `./equaticket restore`. It is safe to repeat.

-- equaticket_owner owns the tables: migrate, backup, restore.
-- equaticket_server serves requests: it reads and writes rows, and can't change the schema.
-- equaticket_reader reads rows for reports and support, except those with which it could impersonate someone or decrypt
-- secrets.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['equaticket_owner', 'equaticket_server', 'equaticket_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', name);
        END IF;
    END LOOP;
END $$;

ALTER DATABASE equaticket OWNER TO equaticket_owner;
REVOKE ALL ON DATABASE equaticket FROM PUBLIC;
GRANT CONNECT ON DATABASE equaticket TO equaticket_server, equaticket_reader;
ALTER SCHEMA public OWNER TO equaticket_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO equaticket_server, equaticket_reader;

-- Permissions on existing objects, and on those that the owner will create. The functions create and drop the daily
-- partitions.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO equaticket_server;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO equaticket_server;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO equaticket_server;
ALTER DEFAULT PRIVILEGES FOR ROLE equaticket_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO equaticket_server;
ALTER DEFAULT PRIVILEGES FOR ROLE equaticket_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO equaticket_server;
ALTER DEFAULT PRIVILEGES FOR ROLE equaticket_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE equaticket_owner IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO equaticket_server;

-- The reader gets access to each table by name, so that a new table stays hidden until it is added here.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'organizations', 'stripe_accounts', 'memberships', 'events', 'ticket_types', 'orders', 'order_items', 'attendees',
        'refunds', 'scans', 'webhook_events', 'webhook_deliveries', 'webhook_queue', 'stripe_events', 'audit_log',
        'api_requests', 'api_key_uses', 'api_key_scope_uses']
    LOOP
        IF to_regclass('public.' || name) IS NOT NULL THEN
            EXECUTE format('GRANT SELECT ON %I TO equaticket_reader', name);
        END IF;
    END LOOP;
END $$;
ALTER ROLE equaticket_reader SET default_transaction_read_only = on;
ALTER ROLE equaticket_reader SET statement_timeout = '30s';
