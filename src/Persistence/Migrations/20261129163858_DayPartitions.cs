using Equaticket.Persistence.Partitions;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Equaticket.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class DayPartitions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(PartitionFunctions.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(PartitionFunctions.Drop);
        }
    }
}
