using System;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.Webhooks;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Equaticket.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class RequestTraces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_account_emails_kind",
                table: "account_emails");

            migrationBuilder.AddColumn<string>(
                name: "request_id",
                table: "audit_log",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "expiry_notice_due_at",
                table: "api_keys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "api_key_id",
                table: "account_emails",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_request_id_organization_id_id",
                table: "audit_log",
                columns: new[] { "request_id", "organization_id", "id" },
                filter: "request_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_expiry_notice_due_at",
                table: "api_keys",
                column: "expiry_notice_due_at",
                filter: "expiry_notice_due_at IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_account_emails_kind",
                table: "account_emails",
                sql: "kind IN ('sign_up', 'password_reset', 'invitation', 'password_changed', 'totp_disabled', 'passkey_added', 'api_key_expiry')");

            migrationBuilder.Sql(WebhookTables.AddRequestId);
            migrationBuilder.Sql(ActivityTables.AddWrites);
            migrationBuilder.Sql(
                """
                UPDATE api_keys SET expiry_notice_due_at = CASE
                    WHEN expires_at - interval '7 days' > now() THEN expires_at - interval '7 days'
                    WHEN expires_at - interval '1 day' > now() THEN expires_at - interval '1 day' END
                WHERE revoked_at IS NULL AND expires_at > now();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ActivityTables.DropWrites);
            migrationBuilder.Sql(WebhookTables.DropRequestId);

            migrationBuilder.DropIndex(
                name: "ix_audit_log_request_id_organization_id_id",
                table: "audit_log");

            migrationBuilder.DropIndex(
                name: "ix_api_keys_expiry_notice_due_at",
                table: "api_keys");

            migrationBuilder.DropCheckConstraint(
                name: "ck_account_emails_kind",
                table: "account_emails");

            migrationBuilder.DropColumn(
                name: "request_id",
                table: "audit_log");

            migrationBuilder.DropColumn(
                name: "expiry_notice_due_at",
                table: "api_keys");

            migrationBuilder.DropColumn(
                name: "api_key_id",
                table: "account_emails");

            migrationBuilder.AddCheckConstraint(
                name: "ck_account_emails_kind",
                table: "account_emails",
                sql: "kind IN ('sign_up', 'password_reset', 'invitation', 'password_changed', 'totp_disabled', 'passkey_added')");
        }
    }
}
