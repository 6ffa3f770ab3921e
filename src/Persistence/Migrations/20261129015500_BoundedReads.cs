using Equaticket.Persistence.Activity;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Equaticket.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class BoundedReads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_attendees_check_in_counts",
                table: "attendees",
                columns: new[] { "organization_id", "livemode", "ticket_type_id", "checked_in" },
                filter: "status = 'valid'");

            migrationBuilder.Sql(ActivityTables.AddFilterIndexes);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ActivityTables.DropFilterIndexes);

            migrationBuilder.DropIndex(
                name: "ix_attendees_check_in_counts",
                table: "attendees");
        }
    }
}
