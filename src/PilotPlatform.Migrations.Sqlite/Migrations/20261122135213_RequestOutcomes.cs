using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PilotPlatform.Migrations.Sqlite.Migrations
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "IssuedVersion",
                table: "ProgrammesRegionRequests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DraftStamp",
                table: "ProgrammesItemListEditions",
                type: "TEXT",
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
