using System;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Webhooks;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Equaticket.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class StatementIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_queued_emails_next_attempt_at",
                table: "queued_emails");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "refunds_check_at",
                table: "events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "refunds_failures",
                table: "events",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "refunds_opened_to",
                table: "events",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_queued_emails_lane",
                table: "queued_emails",
                columns: new[] { "organization_id", "kind", "next_attempt_at" },
                filter: "next_attempt_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_attendees_check_in_counts",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "ticket_type_id", "checked_in" },
                filter: "status = 'valid'");

            migrationBuilder.Sql(ActivityTables.AddFilterIndexes);

            migrationBuilder.CreateIndex(
                name: "ix_orders_event_holds",
                table: "orders",
                columns: new[] { "organization_id", "livemode", "event_id", "hold_expires_at" },
                filter: "hold_expires_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_events_id",
                table: "events",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_events_starts_at",
                table: "events",
                columns: new[] { "organization_id", "livemode", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_events_updated_at",
                table: "events",
                columns: new[] { "organization_id", "livemode", "updated_at" });

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_id",
                table: "api_keys",
                column: "id",
                unique: true);

            migrationBuilder.Sql(NamedAttendee.CreateIndex);
            migrationBuilder.Sql(WebhookTables.AddDeliveryIndexes);
            // The mark told only of sales; it now follows every change of the ticket types.
            migrationBuilder.Sql(
                """
                UPDATE events AS event SET sold_out_announced = NOT sold_out_announced
                WHERE sold_out_announced <> (
                    SELECT coalesce(bool_and(coalesce(quantity_sold >= quantity_total, false)), false)
                    FROM ticket_types AS type
                    WHERE type.organization_id = event.organization_id
                        AND type.livemode = event.livemode AND type.event_id = event.id)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(WebhookTables.RemoveDeliveryIndexes);
            migrationBuilder.Sql(NamedAttendee.DropIndex);

            migrationBuilder.DropIndex(
                name: "ix_orders_event_holds",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_events_id",
                table: "events");

            migrationBuilder.DropIndex(
                name: "ix_events_starts_at",
                table: "events");

            migrationBuilder.DropIndex(
                name: "ix_events_updated_at",
                table: "events");

            migrationBuilder.DropIndex(
                name: "ix_api_keys_id",
                table: "api_keys");

            migrationBuilder.Sql(ActivityTables.DropFilterIndexes);

            migrationBuilder.DropIndex(
                name: "ix_attendees_check_in_counts",
                table: "attendees");

            migrationBuilder.DropIndex(
                name: "ix_queued_emails_lane",
                table: "queued_emails");

            migrationBuilder.DropColumn(
                name: "refunds_check_at",
                table: "events");

            migrationBuilder.DropColumn(
                name: "refunds_failures",
                table: "events");

            migrationBuilder.DropColumn(
                name: "refunds_opened_to",
                table: "events");

            migrationBuilder.CreateIndex(
                name: "ix_queued_emails_next_attempt_at",
                table: "queued_emails",
                column: "next_attempt_at",
                filter: "next_attempt_at IS NOT NULL");
        }
    }
}
