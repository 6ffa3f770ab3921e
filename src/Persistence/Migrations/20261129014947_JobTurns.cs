using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Equaticket.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class JobTurns : Migration
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
