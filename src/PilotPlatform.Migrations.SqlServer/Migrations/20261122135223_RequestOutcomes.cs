using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PilotPlatform.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class RequestOutcomes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "IssuedOn",
                table: "ProgrammesRegionRequests",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "IssuedVersion",
                table: "ProgrammesRegionRequests",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DraftStamp",
                table: "ProgrammesItemListEditions",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IssuedOn",
                table: "ProgrammesRegionRequests");

            migrationBuilder.DropColumn(
                name: "IssuedVersion",
                table: "ProgrammesRegionRequests");

            migrationBuilder.DropColumn(
                name: "DraftStamp",
                table: "ProgrammesItemListEditions");
        }
    }
}
