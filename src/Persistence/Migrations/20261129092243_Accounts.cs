using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Equaticket.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Accounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log");

            migrationBuilder.DropCheckConstraint(
                name: "ck_account_emails_kind",
                table: "account_emails");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "totp_enabled_at",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "totp_last_step",
                table: "users",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<byte[]>(
                name: "totp_secret",
                table: "users",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "disabled_reason",
                table: "stripe_accounts",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "requirements_due",
                table: "stripe_accounts",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "requirements_due_by",
                table: "stripe_accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "verified_at",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<string>(
                name: "detail",
                table: "audit_log",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "invitation_id",
                table: "account_emails",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    email_normalized = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    invited_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => new { x.organization_id, x.id });
                    table.CheckConstraint("ck_invitations_no_owner", "role <> 'owner'");
                    table.CheckConstraint("ck_invitations_role", "role IN ('owner', 'admin', 'event_manager', 'check_in_only')");
                    table.CheckConstraint("ck_invitations_token_hash", "octet_length(token_hash) = 32");
                    table.ForeignKey(
                        name: "fk_invitations_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_invitations_users_invited_by_id",
                        column: x => x.invited_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1023, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    public_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    sign_count = table.Column<long>(type: "bigint", nullable: false),
                    transports = table.Column<string[]>(type: "text[]", nullable: false),
                    is_backup_eligible = table.Column<bool>(type: "boolean", nullable: false),
                    is_backed_up = table.Column<bool>(type: "boolean", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_passkeys_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recovery_codes",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery_codes", x => new { x.user_id, x.code_hash });
                    table.CheckConstraint("ck_recovery_codes_code_hash", "octet_length(code_hash) = 32");
                    table.ForeignKey(
                        name: "fk_recovery_codes_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_organization_id_action_created_at_id",
                table: "audit_log",
                columns: new[] { "organization_id", "action", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_organization_id_user_id_created_at_id",
                table: "audit_log",
                columns: new[] { "organization_id", "user_id", "created_at", "id" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log",
                sql: "action IN ('api_key.created', 'api_key.rolled', 'api_key.revoked', 'api_terms.accepted', 'buyer.redacted', 'order.refunded', 'event.refunds_requested', 'stripe.connected', 'organization.renamed', 'ownership.transferred', 'role.granted', 'member.invited', 'invitation.cancelled', 'member.joined', 'member.role_changed', 'member.removed', 'account.password_changed', 'account.totp_enabled', 'account.totp_disabled', 'account.recovery_code_used', 'account.recovery_codes_created', 'account.passkey_added', 'account.passkey_removed', 'test_data.reset', 'webhook.created', 'webhook.deleted', 'webhook.secret_rotated')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_account_emails_kind",
                table: "account_emails",
                sql: "kind IN ('sign_up', 'password_reset', 'invitation', 'password_changed', 'totp_disabled', 'passkey_added')");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_expires_at",
                table: "invitations",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_id",
                table: "invitations",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_invited_by_id",
                table: "invitations",
                column: "invited_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_organization_id_email_normalized",
                table: "invitations",
                columns: new[] { "organization_id", "email_normalized" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_token_hash",
                table: "invitations",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_passkeys_user_id_created_at",
                table: "passkeys",
                columns: new[] { "user_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "passkeys");

            migrationBuilder.DropTable(
                name: "recovery_codes");

            migrationBuilder.DropIndex(
                name: "ix_audit_log_organization_id_action_created_at_id",
                table: "audit_log");

            migrationBuilder.DropIndex(
                name: "ix_audit_log_organization_id_user_id_created_at_id",
                table: "audit_log");

            migrationBuilder.DropCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log");

            migrationBuilder.DropCheckConstraint(
                name: "ck_account_emails_kind",
                table: "account_emails");

            migrationBuilder.DropColumn(
                name: "totp_enabled_at",
                table: "users");

            migrationBuilder.DropColumn(
                name: "totp_last_step",
                table: "users");

            migrationBuilder.DropColumn(
                name: "totp_secret",
                table: "users");

            migrationBuilder.DropColumn(
                name: "disabled_reason",
                table: "stripe_accounts");

            migrationBuilder.DropColumn(
                name: "requirements_due",
                table: "stripe_accounts");

            migrationBuilder.DropColumn(
                name: "requirements_due_by",
                table: "stripe_accounts");

            migrationBuilder.DropColumn(
                name: "verified_at",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "detail",
                table: "audit_log");

            migrationBuilder.DropColumn(
                name: "invitation_id",
                table: "account_emails");

            migrationBuilder.AddCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log",
                sql: "action IN ('api_key.created', 'api_key.rolled', 'api_key.revoked', 'api_terms.accepted', 'buyer.redacted', 'order.refunded', 'event.refunds_requested', 'stripe.connected', 'role.granted', 'test_data.reset', 'webhook.created', 'webhook.deleted', 'webhook.secret_rotated')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_account_emails_kind",
                table: "account_emails",
                sql: "kind IN ('sign_up', 'password_reset')");
        }
    }
}
