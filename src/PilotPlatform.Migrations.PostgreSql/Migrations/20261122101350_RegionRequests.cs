using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PilotPlatform.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class RegionRequests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "DocumentDate",
                table: "ProgrammesItemListEditions",
                type: "date",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ProgrammesRegionRequests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ListId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    IssuerId = table.Column<Guid>(type: "uuid", nullable: false),
                    ListTitle = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    IsDraft = table.Column<bool>(type: "boolean", nullable: false),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Reasons = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Items = table.Column<string>(type: "text", nullable: false),
                    Files = table.Column<string>(type: "text", nullable: false),
                    ItemCount = table.Column<int>(type: "integer", nullable: false),
                    SubmittedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DecidedByName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    DecisionReason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantPath = table.Column<string>(type: "character varying(96)", maxLength: 96, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProgrammesRegionRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProgrammesRegionRequests_ProgrammesItemLists_ListId",
                        column: x => x.ListId,
                        principalTable: "ProgrammesItemLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesRegionRequests_IssuerId_Status",
                table: "ProgrammesRegionRequests",
                columns: new[] { "IssuerId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesRegionRequests_ListId",
                table: "ProgrammesRegionRequests",
                column: "ListId");

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesRegionRequests_TenantPath_ListId",
                table: "ProgrammesRegionRequests",
                columns: new[] { "TenantPath", "ListId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ProgrammesRegionRequests");

            migrationBuilder.DropColumn(
                name: "DocumentDate",
                table: "ProgrammesItemListEditions");
        }
    }
}
