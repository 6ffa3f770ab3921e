using Equaticket.Persistence.Activity;
using Equaticket.Persistence.Webhooks;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Equaticket.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class FewerIndexes : Migration
    {
        /// <remarks>
        /// The unique key that foreign keys reference takes the place of the primary key, because a new key would
        /// check all rows that reference it. It identifies rows in logical replication as the primary key did.
        /// </remarks>
        private static string MergeKeys(string table) =>
            $"""
            ALTER TABLE {table} DROP CONSTRAINT pk_{table};
            ALTER TABLE {table} RENAME CONSTRAINT ak_{table}_organization_id_livemode_id TO pk_{table};
            ALTER TABLE {table} REPLICA IDENTITY USING INDEX pk_{table};
            """;

        private static string SplitKeys(string table) =>
            $"""
            ALTER TABLE {table} REPLICA IDENTITY DEFAULT;
            ALTER TABLE {table} RENAME CONSTRAINT pk_{table} TO ak_{table}_organization_id_livemode_id;
            ALTER TABLE {table} ADD CONSTRAINT pk_{table} PRIMARY KEY (organization_id, id);
            """;

        /// <remarks>
        /// Creates the indexes first: the locks for dropping the others also stop reads, and last until the commit.
        /// </remarks>
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_attendees_organization_id_livemode_order_id",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "order_id" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_type_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "ticket_type_id", "created_at", "id" })
                .Annotation("Npgsql:IndexInclude", new[] { "status", "checked_in" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_arrived_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "created_at", "id" },
                filter: "checked_in");

            migrationBuilder.CreateIndex(
                name: "ix_attendees_invalid_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "status", "created_at", "id" },
                filter: "status <> 'valid'");

            migrationBuilder.CreateIndex(
                name: "ix_attendees_changed",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "updated_at" },
                filter: "updated_at > created_at");

            migrationBuilder.CreateIndex(
                name: "ix_orders_unconfirmed_page",
                table: "orders",
                columns: new[] { "organization_id", "livemode", "status", "created_at", "id" },
                filter: "status <> 'confirmed'");

            migrationBuilder.CreateIndex(
                name: "ix_orders_changed",
                table: "orders",
                columns: new[] { "organization_id", "livemode", "updated_at" },
                filter: "updated_at > created_at");

            migrationBuilder.CreateIndex(
                name: "ix_orders_payment",
                table: "orders",
                column: "payment_reference",
                unique: true,
                filter: "payment_reference IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_events_changed",
                table: "events",
                columns: new[] { "organization_id", "livemode", "updated_at" },
                filter: "updated_at > created_at");

            migrationBuilder.DropUniqueConstraint(
                name: "ak_check_in_keys_organization_id_livemode_id",
                table: "check_in_keys");

            migrationBuilder.DropUniqueConstraint(
                name: "ak_order_items_organization_id_livemode_id",
                table: "order_items");

            migrationBuilder.DropUniqueConstraint(
                name: "ak_queued_emails_organization_id_livemode_id",
                table: "queued_emails");

            migrationBuilder.DropUniqueConstraint(
                name: "ak_refunds_organization_id_livemode_id",
                table: "refunds");

            migrationBuilder.DropUniqueConstraint(
                name: "ak_scans_organization_id_livemode_id",
                table: "scans");

            migrationBuilder.DropUniqueConstraint(
                name: "ak_webhooks_organization_id_livemode_id",
                table: "webhooks");

            migrationBuilder.DropIndex(
                name: "ix_events_updated_at",
                table: "events");

            migrationBuilder.DropIndex(
                name: "ix_orders_organization_id_livemode_updated_at",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_payment_reference",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_status_page",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_attendees_check_in_counts",
                table: "attendees");

            migrationBuilder.DropIndex(
                name: "ix_attendees_checked_in_page",
                table: "attendees");

            migrationBuilder.DropIndex(
                name: "ix_attendees_order_page",
                table: "attendees");

            migrationBuilder.DropIndex(
                name: "ix_attendees_organization_id_livemode_updated_at",
                table: "attendees");

            migrationBuilder.DropIndex(
                name: "ix_attendees_status_page",
                table: "attendees");

            migrationBuilder.DropIndex(
                name: "ix_attendees_ticket_type_page",
                table: "attendees");

            migrationBuilder.Sql(MergeKeys("orders"));
            migrationBuilder.Sql(MergeKeys("attendees"));
            migrationBuilder.Sql(WebhookTables.DropUniqueKeys);
            migrationBuilder.Sql(ActivityTables.IndexByMode);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ActivityTables.IndexByOrganization);
            migrationBuilder.Sql(WebhookTables.AddUniqueKeys);
            migrationBuilder.Sql(SplitKeys("attendees"));
            migrationBuilder.Sql(SplitKeys("orders"));

            migrationBuilder.DropIndex(
                name: "ix_attendees_organization_id_livemode_order_id",
                table: "attendees");

            migrationBuilder.DropIndex(
                name: "ix_attendees_type_page",
                table: "attendees");

            migrationBuilder.DropIndex(
                name: "ix_attendees_arrived_page",
                table: "attendees");

            migrationBuilder.DropIndex(
                name: "ix_attendees_invalid_page",
                table: "attendees");

            migrationBuilder.DropIndex(
                name: "ix_attendees_changed",
                table: "attendees");

            migrationBuilder.DropIndex(
                name: "ix_orders_unconfirmed_page",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_changed",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_payment",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_events_changed",
                table: "events");

            migrationBuilder.AddUniqueConstraint(
                name: "ak_check_in_keys_organization_id_livemode_id",
                table: "check_in_keys",
                columns: new[] { "organization_id", "livemode", "id" });

            migrationBuilder.AddUniqueConstraint(
                name: "ak_order_items_organization_id_livemode_id",
                table: "order_items",
                columns: new[] { "organization_id", "livemode", "id" });

            migrationBuilder.AddUniqueConstraint(
                name: "ak_queued_emails_organization_id_livemode_id",
                table: "queued_emails",
                columns: new[] { "organization_id", "livemode", "id" });

            migrationBuilder.AddUniqueConstraint(
                name: "ak_refunds_organization_id_livemode_id",
                table: "refunds",
                columns: new[] { "organization_id", "livemode", "id" });

            migrationBuilder.AddUniqueConstraint(
                name: "ak_scans_organization_id_livemode_id",
                table: "scans",
                columns: new[] { "organization_id", "livemode", "id" });

            migrationBuilder.AddUniqueConstraint(
                name: "ak_webhooks_organization_id_livemode_id",
                table: "webhooks",
                columns: new[] { "organization_id", "livemode", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_events_updated_at",
                table: "events",
                columns: new[] { "organization_id", "livemode", "updated_at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_organization_id_livemode_updated_at",
                table: "orders",
                columns: new[] { "organization_id", "livemode", "updated_at" });

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
                name: "ix_attendees_check_in_counts",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "ticket_type_id", "checked_in" },
                filter: "status = 'valid'");

            migrationBuilder.CreateIndex(
                name: "ix_attendees_checked_in_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "checked_in", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_order_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "order_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_organization_id_livemode_updated_at",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "updated_at" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_status_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "status", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_attendees_ticket_type_page",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "ticket_type_id", "created_at", "id" });
        }
    }
}
