using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Equaticket.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Selling : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log");

            migrationBuilder.AddColumn<string>(
                name: "account_id",
                table: "stripe_accounts",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "details_submitted",
                table: "stripe_accounts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "events_check_at",
                table: "stripe_accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "events_read_to",
                table: "stripe_accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "payouts_enabled",
                table: "stripe_accounts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "state_at",
                table: "stripe_accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AlterColumn<int>(
                name: "status",
                table: "idempotency_records",
                type: "integer",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "integer");

            migrationBuilder.AlterColumn<byte[]>(
                name: "body",
                table: "idempotency_records",
                type: "bytea",
                nullable: true,
                oldClrType: typeof(byte[]),
                oldType: "bytea");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "lease_expires_at",
                table: "idempotency_records",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "subject_id",
                table: "idempotency_records",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "refunds_opened_at",
                table: "events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "refunds_requested_at",
                table: "events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "sold_out_announced",
                table: "events",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "check_in_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    livemode = table.Column<bool>(type: "boolean", nullable: false),
                    public_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    private_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_check_in_keys", x => new { x.organization_id, x.id });
                    table.UniqueConstraint("ak_check_in_keys_organization_id_livemode_id", x => new { x.organization_id, x.livemode, x.id });
                    table.ForeignKey(
                        name: "fk_check_in_keys_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "order_counters",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    livemode = table.Column<bool>(type: "boolean", nullable: false),
                    last = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_counters", x => new { x.organization_id, x.livemode });
                    table.ForeignKey(
                        name: "fk_order_counters_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    livemode = table.Column<bool>(type: "boolean", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    buyer_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    buyer_email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    buyer_email_key = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    currency = table.Column<string>(type: "character(3)", fixedLength: true, maxLength: 3, nullable: false),
                    subtotal_amount = table.Column<long>(type: "bigint", nullable: false),
                    discount_amount = table.Column<long>(type: "bigint", nullable: false),
                    tax_amount = table.Column<long>(type: "bigint", nullable: false),
                    fee_amount = table.Column<long>(type: "bigint", nullable: false),
                    total_amount = table.Column<long>(type: "bigint", nullable: false),
                    refunded_amount = table.Column<long>(type: "bigint", nullable: false),
                    payment_provider = table.Column<string>(type: "text", nullable: true),
                    payment_reference = table.Column<string>(type: "text", nullable: true),
                    payment_status = table.Column<string>(type: "text", nullable: true),
                    payment_account = table.Column<string>(type: "text", nullable: true),
                    captured_amount = table.Column<long>(type: "bigint", nullable: false),
                    difference_amount = table.Column<long>(type: "bigint", nullable: false),
                    payment_check_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    payment_checks = table.Column<int>(type: "integer", nullable: false),
                    hold_expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    checkout_token_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders", x => new { x.organization_id, x.id });
                    table.UniqueConstraint("ak_orders_organization_id_livemode_id", x => new { x.organization_id, x.livemode, x.id });
                    table.CheckConstraint("ck_orders_amounts", "total_amount >= 0 AND refunded_amount >= 0");
                    table.CheckConstraint("ck_orders_hold_expires_at", "(status = 'pending') = (hold_expires_at IS NOT NULL)");
                    table.CheckConstraint("ck_orders_payment", "(payment_provider IS NULL) = (payment_status IS NULL)");
                    table.CheckConstraint("ck_orders_payment_provider", "payment_provider IN ('stripe', 'test')");
                    table.CheckConstraint("ck_orders_payment_status", "payment_status IN ('pending', 'succeeded', 'failed', 'cancelled')");
                    table.CheckConstraint("ck_orders_status", "status IN ('pending', 'confirmed', 'partially_refunded', 'refunded', 'expired', 'failed')");
                    table.CheckConstraint("ck_orders_total_amount", "total_amount = subtotal_amount - discount_amount + tax_amount + fee_amount");
                    table.ForeignKey(
                        name: "fk_orders_events_organization_id_livemode_event_id",
                        columns: x => new { x.organization_id, x.livemode, x.event_id },
                        principalTable: "events",
                        principalColumns: new[] { "organization_id", "livemode", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "stripe_events",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    livemode = table.Column<bool>(type: "boolean", nullable: false),
                    account = table.Column<string>(type: "text", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stripe_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attendees",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    livemode = table.Column<bool>(type: "boolean", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_number = table.Column<long>(type: "bigint", nullable: false),
                    ticket_type_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ticket_type_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ticket_code = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    email_key = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    price = table.Column<long>(type: "bigint", nullable: false),
                    amount_paid = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character(3)", fixedLength: true, maxLength: 3, nullable: false),
                    refund_id = table.Column<Guid>(type: "uuid", nullable: true),
                    checked_in = table.Column<bool>(type: "boolean", nullable: false, computedColumnSql: "checked_in_at IS NOT NULL", stored: true),
                    checked_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attendees", x => new { x.organization_id, x.id });
                    table.UniqueConstraint("ak_attendees_organization_id_livemode_id", x => new { x.organization_id, x.livemode, x.id });
                    table.CheckConstraint("ck_attendees_amount_paid", "amount_paid BETWEEN 0 AND price");
                    table.CheckConstraint("ck_attendees_status", "status IN ('valid', 'refunded', 'void')");
                    table.CheckConstraint("ck_attendees_ticket_code", "ticket_code ~ '^[A-HJ-NP-Z2-9]{8}$'");
                    table.ForeignKey(
                        name: "fk_attendees_events_organization_id_livemode_event_id",
                        columns: x => new { x.organization_id, x.livemode, x.event_id },
                        principalTable: "events",
                        principalColumns: new[] { "organization_id", "livemode", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_attendees_orders_organization_id_livemode_order_id",
                        columns: x => new { x.organization_id, x.livemode, x.order_id },
                        principalTable: "orders",
                        principalColumns: new[] { "organization_id", "livemode", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_attendees_ticket_types_organization_id_livemode_ticket_type",
                        columns: x => new { x.organization_id, x.livemode, x.ticket_type_id },
                        principalTable: "ticket_types",
                        principalColumns: new[] { "organization_id", "livemode", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "order_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    livemode = table.Column<bool>(type: "boolean", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ticket_type_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    unit_price = table.Column<long>(type: "bigint", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    named = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_items", x => new { x.organization_id, x.id });
                    table.UniqueConstraint("ak_order_items_organization_id_livemode_id", x => new { x.organization_id, x.livemode, x.id });
                    table.CheckConstraint("ck_order_items_quantity", "quantity BETWEEN 1 AND 100");
                    table.ForeignKey(
                        name: "fk_order_items_orders_organization_id_livemode_order_id",
                        columns: x => new { x.organization_id, x.livemode, x.order_id },
                        principalTable: "orders",
                        principalColumns: new[] { "organization_id", "livemode", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "queued_emails",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    livemode = table.Column<bool>(type: "boolean", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    refund_id = table.Column<Guid>(type: "uuid", nullable: true),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_queued_emails", x => new { x.organization_id, x.id });
                    table.UniqueConstraint("ak_queued_emails_organization_id_livemode_id", x => new { x.organization_id, x.livemode, x.id });
                    table.CheckConstraint("ck_queued_emails_kind", "kind IN ('order_confirmed', 'order_refunded', 'event_cancelled')");
                    table.CheckConstraint("ck_queued_emails_livemode", "livemode");
                    table.ForeignKey(
                        name: "fk_queued_emails_orders_organization_id_livemode_order_id",
                        columns: x => new { x.organization_id, x.livemode, x.order_id },
                        principalTable: "orders",
                        principalColumns: new[] { "organization_id", "livemode", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "refunds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    livemode = table.Column<bool>(type: "boolean", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    origin = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    attendee_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    provider_reference = table.Column<string>(type: "text", nullable: true),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refunds", x => new { x.organization_id, x.id });
                    table.UniqueConstraint("ak_refunds_organization_id_livemode_id", x => new { x.organization_id, x.livemode, x.id });
                    table.CheckConstraint("ck_refunds_amount", "amount >= 0");
                    table.CheckConstraint("ck_refunds_next_attempt_at", "status = 'pending' OR next_attempt_at IS NULL");
                    table.CheckConstraint("ck_refunds_origin", "origin IN ('api', 'dashboard', 'stripe', 'cancel', 'late')");
                    table.CheckConstraint("ck_refunds_status", "status IN ('pending', 'succeeded', 'failed')");
                    table.ForeignKey(
                        name: "fk_refunds_orders_organization_id_livemode_order_id",
                        columns: x => new { x.organization_id, x.livemode, x.order_id },
                        principalTable: "orders",
                        principalColumns: new[] { "organization_id", "livemode", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "scans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    livemode = table.Column<bool>(type: "boolean", nullable: false),
                    attendee_id = table.Column<Guid>(type: "uuid", nullable: true),
                    event_id = table.Column<Guid>(type: "uuid", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    checked_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    gate = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    device = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    nonce = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    api_key_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scans", x => new { x.organization_id, x.id });
                    table.UniqueConstraint("ak_scans_organization_id_livemode_id", x => new { x.organization_id, x.livemode, x.id });
                    table.CheckConstraint("ck_scans_outcome", "outcome IN ('accepted', 'already_used', 'refunded', 'void', 'not_found', 'event_not_published', 'undone')");
                    table.ForeignKey(
                        name: "fk_scans_attendees_organization_id_livemode_attendee_id",
                        columns: x => new { x.organization_id, x.livemode, x.attendee_id },
                        principalTable: "attendees",
                        principalColumns: new[] { "organization_id", "livemode", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_scans_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_stripe_accounts_account_id_livemode",
                table: "stripe_accounts",
                columns: new[] { "account_id", "livemode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stripe_accounts_events_check_at",
                table: "stripe_accounts",
                column: "events_check_at",
                filter: "events_check_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_records_organization_id_livemode_subject_id",
                table: "idempotency_records",
                columns: new[] { "organization_id", "livemode", "subject_id" },
                filter: "subject_id IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_idempotency_records_answer",
                table: "idempotency_records",
                sql: "(status IS NULL) = (body IS NULL)");

            migrationBuilder.CreateIndex(
                name: "ix_events_refunds_requested_at",
                table: "events",
                column: "refunds_requested_at",
                filter: "refunds_requested_at IS NOT NULL AND refunds_opened_at IS NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log",
                sql: "action IN ('api_key.created', 'api_key.rolled', 'api_key.revoked', 'api_terms.accepted', 'buyer.redacted', 'order.refunded', 'event.refunds_requested', 'stripe.connected', 'role.granted', 'test_data.reset')");

            migrationBuilder.CreateIndex(
                name: "ix_attendees_checked_in_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "checked_in", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_email_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "email_key", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_event_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "event_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_order_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "order_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_organization_id_livemode_updated_at",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "updated_at" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_status_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "status", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_ticket_code",
                table: "attendees",
                columns: new[] { "organization_id", "ticket_code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_attendees_ticket_type_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "ticket_type_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_check_in_keys_organization_id_livemode",
                table: "check_in_keys",
                columns: new[] { "organization_id", "livemode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_order_items_organization_id_livemode_order_id",
                table: "order_items",
                columns: new[] { "organization_id", "livemode", "order_id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_buyer_page",
                table: "orders",
                columns: new[] { "organization_id", "livemode", "buyer_email_key", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_checkout_token_hash",
                table: "orders",
                column: "checkout_token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_event_page",
                table: "orders",
                columns: new[] { "organization_id", "livemode", "event_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_hold_expires_at",
                table: "orders",
                column: "hold_expires_at",
                filter: "hold_expires_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_organization_id_livemode_number",
                table: "orders",
                columns: new[] { "organization_id", "livemode", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_organization_id_livemode_updated_at",
                table: "orders",
                columns: new[] { "organization_id", "livemode", "updated_at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_page",
                table: "orders",
                columns: new[] { "organization_id", "livemode", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_payment_check_at",
                table: "orders",
                column: "payment_check_at",
                filter: "payment_check_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_payment_reference",
                table: "orders",
                column: "payment_reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_status_page",
                table: "orders",
                columns: new[] { "organization_id", "livemode", "status", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_queued_emails_next_attempt_at",
                table: "queued_emails",
                column: "next_attempt_at",
                filter: "next_attempt_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_queued_emails_organization_id_livemode_order_id",
                table: "queued_emails",
                columns: new[] { "organization_id", "livemode", "order_id" });

            migrationBuilder.CreateIndex(
                name: "ix_refunds_next_attempt_at",
                table: "refunds",
                column: "next_attempt_at",
                filter: "next_attempt_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_refunds_organization_id_livemode_order_id",
                table: "refunds",
                columns: new[] { "organization_id", "livemode", "order_id" });

            migrationBuilder.CreateIndex(
                name: "ix_refunds_provider_reference",
                table: "refunds",
                column: "provider_reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_scans_attendee_page",
                table: "scans",
                columns: new[] { "organization_id", "livemode", "attendee_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_scans_event_page",
                table: "scans",
                columns: new[] { "organization_id", "livemode", "event_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_scans_organization_id_livemode_nonce",
                table: "scans",
                columns: new[] { "organization_id", "livemode", "nonce" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stripe_events_received_at",
                table: "stripe_events",
                column: "received_at");

            migrationBuilder.Sql(Equaticket.Persistence.Webhooks.WebhookTables.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Equaticket.Persistence.Webhooks.WebhookTables.Drop);

            migrationBuilder.DropTable(
                name: "check_in_keys");

            migrationBuilder.DropTable(
                name: "order_counters");

            migrationBuilder.DropTable(
                name: "order_items");

            migrationBuilder.DropTable(
                name: "queued_emails");

            migrationBuilder.DropTable(
                name: "refunds");

            migrationBuilder.DropTable(
                name: "scans");

            migrationBuilder.DropTable(
                name: "stripe_events");

            migrationBuilder.DropTable(
                name: "attendees");

            migrationBuilder.DropTable(
                name: "orders");

            migrationBuilder.DropIndex(
                name: "ix_stripe_accounts_account_id_livemode",
                table: "stripe_accounts");

            migrationBuilder.DropIndex(
                name: "ix_stripe_accounts_events_check_at",
                table: "stripe_accounts");

            migrationBuilder.DropIndex(
                name: "ix_idempotency_records_organization_id_livemode_subject_id",
                table: "idempotency_records");

            migrationBuilder.DropCheckConstraint(
                name: "ck_idempotency_records_answer",
                table: "idempotency_records");

            migrationBuilder.DropIndex(
                name: "ix_events_refunds_requested_at",
                table: "events");

            migrationBuilder.DropCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log");

            migrationBuilder.DropColumn(
                name: "account_id",
                table: "stripe_accounts");

            migrationBuilder.DropColumn(
                name: "details_submitted",
                table: "stripe_accounts");

            migrationBuilder.DropColumn(
                name: "events_check_at",
                table: "stripe_accounts");

            migrationBuilder.DropColumn(
                name: "events_read_to",
                table: "stripe_accounts");

            migrationBuilder.DropColumn(
                name: "payouts_enabled",
                table: "stripe_accounts");

            migrationBuilder.DropColumn(
                name: "state_at",
                table: "stripe_accounts");

            migrationBuilder.DropColumn(
                name: "lease_expires_at",
                table: "idempotency_records");

            migrationBuilder.DropColumn(
                name: "subject_id",
                table: "idempotency_records");

            migrationBuilder.DropColumn(
                name: "refunds_opened_at",
                table: "events");

            migrationBuilder.DropColumn(
                name: "refunds_requested_at",
                table: "events");

            migrationBuilder.DropColumn(
                name: "sold_out_announced",
                table: "events");

            migrationBuilder.AlterColumn<int>(
                name: "status",
                table: "idempotency_records",
                type: "integer",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "integer",
                oldNullable: true);

            migrationBuilder.AlterColumn<byte[]>(
                name: "body",
                table: "idempotency_records",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0],
                oldClrType: typeof(byte[]),
                oldType: "bytea",
                oldNullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log",
                sql: "action IN ('api_key.created', 'api_key.rolled', 'api_key.revoked', 'api_terms.accepted', 'role.granted', 'test_data.reset')");
        }
    }
}
