using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Equaticket.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Webhooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log");

            migrationBuilder.CreateTable(
                name: "webhook_queue",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    livemode = table.Column<bool>(type: "boolean", nullable: false),
                    webhook_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    leased_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_queue", x => new { x.organization_id, x.delivery_id });
                    table.ForeignKey(
                        name: "fk_webhook_queue_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    livemode = table.Column<bool>(type: "boolean", nullable: false),
                    url = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    events = table.Column<string[]>(type: "text[]", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    disabled_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    previous_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    previous_secret_expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failing_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    recent_failures = table.Column<DateTimeOffset[]>(type: "timestamp with time zone[]", nullable: false),
                    owner_notice_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhooks", x => new { x.organization_id, x.id });
                    table.UniqueConstraint("ak_webhooks_organization_id_livemode_id", x => new { x.organization_id, x.livemode, x.id });
                    table.CheckConstraint("ck_webhooks_disabled_reason", "(status = 'disabled') = (disabled_reason IS NOT NULL)");
                    table.CheckConstraint("ck_webhooks_events", "cardinality(events) > 0");
                    table.CheckConstraint("ck_webhooks_previous_secret", "(previous_secret IS NULL) = (previous_secret_expires_at IS NULL)");
                    table.CheckConstraint("ck_webhooks_status", "status IN ('enabled', 'disabled')");
                    table.ForeignKey(
                        name: "fk_webhooks_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log",
                sql: "action IN ('api_key.created', 'api_key.rolled', 'api_key.revoked', 'api_terms.accepted', 'buyer.redacted', 'order.refunded', 'event.refunds_requested', 'stripe.connected', 'role.granted', 'test_data.reset', 'webhook.created', 'webhook.deleted', 'webhook.secret_rotated')");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_queue_due",
                table: "webhook_queue",
                columns: new[] { "webhook_id", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_owner_notice_due_at",
                table: "webhooks",
                column: "owner_notice_due_at",
                filter: "owner_notice_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_page",
                table: "webhooks",
                columns: new[] { "organization_id", "livemode", "created_at", "id" });

            migrationBuilder.Sql(Equaticket.Persistence.Webhooks.WebhookTables.CreateDeliveries);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Equaticket.Persistence.Webhooks.WebhookTables.DropDeliveries);

            migrationBuilder.DropTable(
                name: "webhook_queue");

            migrationBuilder.DropTable(
                name: "webhooks");

            migrationBuilder.DropCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log");

            migrationBuilder.AddCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log",
                sql: "action IN ('api_key.created', 'api_key.rolled', 'api_key.revoked', 'api_terms.accepted', 'buyer.redacted', 'order.refunded', 'event.refunds_requested', 'stripe.connected', 'role.granted', 'test_data.reset')");
        }
    }
}
