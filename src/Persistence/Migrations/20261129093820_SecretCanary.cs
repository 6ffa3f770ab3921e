using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Equaticket.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class SecretCanary : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "secret_canaries",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_secret_canaries", x => x.id);
                    table.CheckConstraint("ck_secret_canaries_only", "id = 1");
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "secret_canaries");
        }
    }
}
