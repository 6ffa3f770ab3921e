using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Equaticket.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class UpdatedWebhooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log");

            migrationBuilder.AddCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log",
                sql: "action IN ('api_key.created', 'api_key.rolled', 'api_key.revoked', 'api_terms.accepted', 'buyer.redacted', 'order.refunded', 'order.confirmation_resent', 'event.refunds_requested', 'stripe.connected', 'organization.renamed', 'ownership.transferred', 'role.granted', 'member.invited', 'invitation.cancelled', 'member.joined', 'member.role_changed', 'member.removed', 'account.password_changed', 'account.totp_enabled', 'account.totp_disabled', 'account.recovery_code_used', 'account.recovery_codes_created', 'account.passkey_added', 'account.passkey_removed', 'test_data.reset', 'webhook.created', 'webhook.updated', 'webhook.deleted', 'webhook.secret_rotated')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log");

            migrationBuilder.AddCheckConstraint(
                name: "ck_audit_log_action",
                table: "audit_log",
                sql: "action IN ('api_key.created', 'api_key.rolled', 'api_key.revoked', 'api_terms.accepted', 'buyer.redacted', 'order.refunded', 'order.confirmation_resent', 'event.refunds_requested', 'stripe.connected', 'organization.renamed', 'ownership.transferred', 'role.granted', 'member.invited', 'invitation.cancelled', 'member.joined', 'member.role_changed', 'member.removed', 'account.password_changed', 'account.totp_enabled', 'account.totp_disabled', 'account.recovery_code_used', 'account.recovery_codes_created', 'account.passkey_added', 'account.passkey_removed', 'test_data.reset', 'webhook.created', 'webhook.deleted', 'webhook.secret_rotated')");
        }
    }
}
