using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PilotPlatform.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class ItemListsAndRulings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AssessmentObjections_TenantPath",
                table: "AssessmentObjections");

            migrationBuilder.AddColumn<string>(
                name: "ByName",
                table: "WorkflowsMigrations",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "UndoneByName",
                table: "WorkflowsMigrations",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Links",
                table: "ProgrammesThemes",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Targets",
                table: "ProgrammesThemes",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "Withheld",
                table: "ProgrammesThemes",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<string>(
                name: "Counts",
                table: "ProgrammesProgrammes",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Practices",
                table: "ProgrammesProgrammes",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Targets",
                table: "ProgrammesProgrammes",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RecusedAt",
                table: "AssessmentScoreSheets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ThirdScoreRule",
                table: "AssessmentSchemes",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Closest");

            migrationBuilder.AddColumn<bool>(
                name: "OriginalPassed",
                table: "AssessmentResults",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "OriginalTotal",
                table: "AssessmentResults",
                type: "numeric(18,4)",
                precision: 18,
                scale: 4,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsReplaced",
                table: "AssessmentPanelMembers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsThird",
                table: "AssessmentPanelMembers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "RecusalReason",
                table: "AssessmentPanelMembers",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "RecusedAt",
                table: "AssessmentPanelMembers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ThirdRule",
                table: "AssessmentOutcomes",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<List<Guid>>(
                name: "FileIds",
                table: "AssessmentObjections",
                type: "uuid[]",
                nullable: false);

            migrationBuilder.AddColumn<string>(
                name: "Points",
                table: "AssessmentObjections",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "WithdrawnAt",
                table: "AssessmentObjections",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WithdrawnByName",
                table: "AssessmentObjections",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "PublishedById",
                table: "AssessmentAssessments",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AssessmentSchemeChoices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    AudienceKey = table.Column<Guid>(type: "uuid", nullable: false),
                    ChosenFor = table.Column<Guid>(type: "uuid", nullable: false),
                    FamilyId = table.Column<Guid>(type: "uuid", nullable: false),
                    SchemeName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
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
                    table.PrimaryKey("PK_AssessmentSchemeChoices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AssessmentSelfAssessments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AssessmentId = table.Column<Guid>(type: "uuid", nullable: false),
                    PilotId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    ThemeOrder = table.Column<int>(type: "integer", nullable: false),
                    ThemeTitle = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    PartName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: false),
                    SchemeId = table.Column<Guid>(type: "uuid", nullable: true),
                    SchemeName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    SchemeVersion = table.Column<int>(type: "integer", nullable: false),
                    IsSchemeSettled = table.Column<bool>(type: "boolean", nullable: false),
                    IsDraft = table.Column<bool>(type: "boolean", nullable: false),
                    HandedInAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    HandedInByName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Summary = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantPath = table.Column<string>(type: "character varying(96)", maxLength: 96, nullable: false, collation: "C"),
                    Entries = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssessmentSelfAssessments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PilotsItemLedgers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PilotId = table.Column<Guid>(type: "uuid", nullable: false),
                    ListId = table.Column<Guid>(type: "uuid", nullable: false),
                    Order = table.Column<int>(type: "integer", nullable: false),
                    Title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Artefacts = table.Column<string>(type: "text", nullable: false),
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
                    table.PrimaryKey("PK_PilotsItemLedgers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PilotsItemLedgers_PilotsPilots_PilotId",
                        column: x => x.PilotId,
                        principalTable: "PilotsPilots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesItemLists",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AudienceKey = table.Column<Guid>(type: "uuid", nullable: false),
                    IsDraft = table.Column<bool>(type: "boolean", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    ThemeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Locked = table.Column<bool>(type: "boolean", nullable: false),
                    ItemCount = table.Column<int>(type: "integer", nullable: false),
                    IssuedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
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
                    table.PrimaryKey("PK_ProgrammesItemLists", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProgrammesItemLists_ProgrammesProgrammes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "ProgrammesProgrammes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ProgrammesItemLists_ProgrammesThemes_ThemeId",
                        column: x => x.ThemeId,
                        principalTable: "ProgrammesThemes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesReportingDuties",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    AudienceKey = table.Column<Guid>(type: "uuid", nullable: false),
                    Order = table.Column<int>(type: "integer", nullable: false),
                    What = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    To = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    When = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: true),
                    RemindersSent = table.Column<int>(type: "integer", nullable: false),
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
                    table.PrimaryKey("PK_ProgrammesReportingDuties", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProgrammesReportingDuties_ProgrammesProgrammes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "ProgrammesProgrammes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsOverrideRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    Allows = table.Column<bool>(type: "boolean", nullable: false),
                    IsInherited = table.Column<bool>(type: "boolean", nullable: false),
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
                    table.PrimaryKey("PK_WorkflowsOverrideRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PilotsLedgerItems",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PilotId = table.Column<Guid>(type: "uuid", nullable: false),
                    LedgerId = table.Column<Guid>(type: "uuid", nullable: false),
                    LedgerOrder = table.Column<int>(type: "integer", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Order = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    OfficeName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Mode = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
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
                    table.PrimaryKey("PK_PilotsLedgerItems", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PilotsLedgerItems_PilotsItemLedgers_LedgerId",
                        column: x => x.LedgerId,
                        principalTable: "PilotsItemLedgers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PilotsLedgerItems_PilotsPilots_PilotId",
                        column: x => x.PilotId,
                        principalTable: "PilotsPilots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesItemListDrafts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IsDraft = table.Column<bool>(type: "boolean", nullable: false),
                    ListId = table.Column<Guid>(type: "uuid", nullable: false),
                    BaseVersion = table.Column<int>(type: "integer", nullable: false),
                    ContentJson = table.Column<string>(type: "text", nullable: false),
                    ItemCount = table.Column<int>(type: "integer", nullable: false),
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
                    table.PrimaryKey("PK_ProgrammesItemListDrafts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProgrammesItemListDrafts_ProgrammesItemLists_ListId",
                        column: x => x.ListId,
                        principalTable: "ProgrammesItemLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesItemListEditions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AudienceKey = table.Column<Guid>(type: "uuid", nullable: false),
                    ListId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ItemCount = table.Column<int>(type: "integer", nullable: false),
                    HeaderJson = table.Column<string>(type: "text", nullable: false),
                    IssuedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    IssuedBy = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
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
                    table.PrimaryKey("PK_ProgrammesItemListEditions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProgrammesItemListEditions_ProgrammesItemLists_ListId",
                        column: x => x.ListId,
                        principalTable: "ProgrammesItemLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesDutyReports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DutyId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    FileId = table.Column<Guid>(type: "uuid", nullable: true),
                    ReportedBy = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    ReportedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
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
                    table.PrimaryKey("PK_ProgrammesDutyReports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProgrammesDutyReports_ProgrammesReportingDuties_DutyId",
                        column: x => x.DutyId,
                        principalTable: "ProgrammesReportingDuties",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PilotsItemSlots",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PilotId = table.Column<Guid>(type: "uuid", nullable: false),
                    LedgerItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    IssuerTenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    ArtefactKey = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    ArtefactName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ArtefactOrder = table.Column<int>(type: "integer", nullable: false),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    LatestVersion = table.Column<int>(type: "integer", nullable: false),
                    IsNotApplicable = table.Column<bool>(type: "boolean", nullable: false),
                    HandedInAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ClosedInVersion = table.Column<int>(type: "integer", nullable: true),
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
                    table.PrimaryKey("PK_PilotsItemSlots", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PilotsItemSlots_PilotsLedgerItems_LedgerItemId",
                        column: x => x.LedgerItemId,
                        principalTable: "PilotsLedgerItems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PilotsItemSlots_PilotsPilots_PilotId",
                        column: x => x.PilotId,
                        principalTable: "PilotsPilots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesServiceItems",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AudienceKey = table.Column<Guid>(type: "uuid", nullable: false),
                    EditionId = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Order = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    OfficeName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Mode = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    GroupKey = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    RegionIds = table.Column<List<Guid>>(type: "uuid[]", nullable: false),
                    Batch = table.Column<int>(type: "integer", nullable: false),
                    BatchDate = table.Column<DateOnly>(type: "date", nullable: true),
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
                    table.PrimaryKey("PK_ProgrammesServiceItems", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProgrammesServiceItems_ProgrammesItemListEditions_EditionId",
                        column: x => x.EditionId,
                        principalTable: "ProgrammesItemListEditions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PilotsSlotContents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PilotId = table.Column<Guid>(type: "uuid", nullable: false),
                    SlotId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    IsDraft = table.Column<bool>(type: "boolean", nullable: false),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    IsNotApplicable = table.Column<bool>(type: "boolean", nullable: false),
                    Text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    ContactName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    ContactPhone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Files = table.Column<string>(type: "text", nullable: false),
                    IsFilled = table.Column<bool>(type: "boolean", nullable: false),
                    HandedInAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    HandedInByName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DecidedByName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
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
                    table.PrimaryKey("PK_PilotsSlotContents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PilotsSlotContents_PilotsItemSlots_SlotId",
                        column: x => x.SlotId,
                        principalTable: "PilotsItemSlots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PilotsSlotContents_PilotsPilots_PilotId",
                        column: x => x.PilotId,
                        principalTable: "PilotsPilots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentObjections_TenantPath_RaisedAt",
                table: "AssessmentObjections",
                columns: new[] { "TenantPath", "RaisedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentSchemeChoices_ProgrammeId",
                table: "AssessmentSchemeChoices",
                column: "ProgrammeId");

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentSchemeChoices_TenantPath_ChosenFor",
                table: "AssessmentSchemeChoices",
                columns: new[] { "TenantPath", "ChosenFor" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentSelfAssessments_AssessmentId",
                table: "AssessmentSelfAssessments",
                column: "AssessmentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentSelfAssessments_TenantPath_PilotId",
                table: "AssessmentSelfAssessments",
                columns: new[] { "TenantPath", "PilotId" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsItemLedgers_PilotId_ListId",
                table: "PilotsItemLedgers",
                columns: new[] { "PilotId", "ListId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PilotsItemSlots_IssuerTenantId_Status_PilotId",
                table: "PilotsItemSlots",
                columns: new[] { "IssuerTenantId", "Status", "PilotId" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsItemSlots_LedgerItemId_ArtefactKey",
                table: "PilotsItemSlots",
                columns: new[] { "LedgerItemId", "ArtefactKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PilotsItemSlots_PilotId_Status",
                table: "PilotsItemSlots",
                columns: new[] { "PilotId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsItemSlots_TenantId_Status_PilotId",
                table: "PilotsItemSlots",
                columns: new[] { "TenantId", "Status", "PilotId" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsLedgerItems_LedgerId_ItemId",
                table: "PilotsLedgerItems",
                columns: new[] { "LedgerId", "ItemId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PilotsLedgerItems_PilotId_LedgerOrder_Order_Id",
                table: "PilotsLedgerItems",
                columns: new[] { "PilotId", "LedgerOrder", "Order", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsSlotContents_PilotId_IsDraft",
                table: "PilotsSlotContents",
                columns: new[] { "PilotId", "IsDraft" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsSlotContents_SlotId_Version",
                table: "PilotsSlotContents",
                columns: new[] { "SlotId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesDutyReports_DutyId_TenantId_Number",
                table: "ProgrammesDutyReports",
                columns: new[] { "DutyId", "TenantId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesDutyReports_TenantPath_ProgrammeId",
                table: "ProgrammesDutyReports",
                columns: new[] { "TenantPath", "ProgrammeId" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesItemListDrafts_ListId",
                table: "ProgrammesItemListDrafts",
                column: "ListId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesItemListDrafts_TenantPath_ListId",
                table: "ProgrammesItemListDrafts",
                columns: new[] { "TenantPath", "ListId" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesItemListEditions_ListId_Version",
                table: "ProgrammesItemListEditions",
                columns: new[] { "ListId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesItemListEditions_TenantPath_ListId",
                table: "ProgrammesItemListEditions",
                columns: new[] { "TenantPath", "ListId" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesItemLists_ProgrammeId",
                table: "ProgrammesItemLists",
                column: "ProgrammeId");

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesItemLists_TenantPath_ProgrammeId_ThemeId",
                table: "ProgrammesItemLists",
                columns: new[] { "TenantPath", "ProgrammeId", "ThemeId" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesItemLists_ThemeId",
                table: "ProgrammesItemLists",
                column: "ThemeId");

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesReportingDuties_DueOn_RemindersSent",
                table: "ProgrammesReportingDuties",
                columns: new[] { "DueOn", "RemindersSent" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesReportingDuties_ProgrammeId_Order_DueOn",
                table: "ProgrammesReportingDuties",
                columns: new[] { "ProgrammeId", "Order", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesReportingDuties_TenantPath_DueOn",
                table: "ProgrammesReportingDuties",
                columns: new[] { "TenantPath", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesServiceItems_EditionId_ItemId",
                table: "ProgrammesServiceItems",
                columns: new[] { "EditionId", "ItemId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesServiceItems_EditionId_Order",
                table: "ProgrammesServiceItems",
                columns: new[] { "EditionId", "Order" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesServiceItems_TenantPath_EditionId_Order",
                table: "ProgrammesServiceItems",
                columns: new[] { "TenantPath", "EditionId", "Order" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsOverrideRules_Key",
                table: "WorkflowsOverrideRules",
                column: "Key");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsOverrideRules_TenantPath_Key",
                table: "WorkflowsOverrideRules",
                columns: new[] { "TenantPath", "Key" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AssessmentSchemeChoices");

            migrationBuilder.DropTable(
                name: "AssessmentSelfAssessments");

            migrationBuilder.DropTable(
                name: "PilotsSlotContents");

            migrationBuilder.DropTable(
                name: "ProgrammesDutyReports");

            migrationBuilder.DropTable(
                name: "ProgrammesItemListDrafts");

            migrationBuilder.DropTable(
                name: "ProgrammesServiceItems");

            migrationBuilder.DropTable(
                name: "WorkflowsOverrideRules");

            migrationBuilder.DropTable(
                name: "PilotsItemSlots");

            migrationBuilder.DropTable(
                name: "ProgrammesReportingDuties");

            migrationBuilder.DropTable(
                name: "ProgrammesItemListEditions");

            migrationBuilder.DropTable(
                name: "PilotsLedgerItems");

            migrationBuilder.DropTable(
                name: "ProgrammesItemLists");

            migrationBuilder.DropTable(
                name: "PilotsItemLedgers");

            migrationBuilder.DropIndex(
                name: "IX_AssessmentObjections_TenantPath_RaisedAt",
                table: "AssessmentObjections");

            migrationBuilder.DropColumn(
                name: "ByName",
                table: "WorkflowsMigrations");

            migrationBuilder.DropColumn(
                name: "UndoneByName",
                table: "WorkflowsMigrations");

            migrationBuilder.DropColumn(
                name: "Links",
                table: "ProgrammesThemes");

            migrationBuilder.DropColumn(
                name: "Targets",
                table: "ProgrammesThemes");

            migrationBuilder.DropColumn(
                name: "Withheld",
                table: "ProgrammesThemes");

            migrationBuilder.DropColumn(
                name: "Counts",
                table: "ProgrammesProgrammes");

            migrationBuilder.DropColumn(
                name: "Practices",
                table: "ProgrammesProgrammes");

            migrationBuilder.DropColumn(
                name: "Targets",
                table: "ProgrammesProgrammes");

            migrationBuilder.DropColumn(
                name: "RecusedAt",
                table: "AssessmentScoreSheets");

            migrationBuilder.DropColumn(
                name: "ThirdScoreRule",
                table: "AssessmentSchemes");

            migrationBuilder.DropColumn(
                name: "OriginalPassed",
                table: "AssessmentResults");

            migrationBuilder.DropColumn(
                name: "OriginalTotal",
                table: "AssessmentResults");

            migrationBuilder.DropColumn(
                name: "IsReplaced",
                table: "AssessmentPanelMembers");

            migrationBuilder.DropColumn(
                name: "IsThird",
                table: "AssessmentPanelMembers");

            migrationBuilder.DropColumn(
                name: "RecusalReason",
                table: "AssessmentPanelMembers");

            migrationBuilder.DropColumn(
                name: "RecusedAt",
                table: "AssessmentPanelMembers");

            migrationBuilder.DropColumn(
                name: "ThirdRule",
                table: "AssessmentOutcomes");

            migrationBuilder.DropColumn(
                name: "FileIds",
                table: "AssessmentObjections");

            migrationBuilder.DropColumn(
                name: "Points",
                table: "AssessmentObjections");

            migrationBuilder.DropColumn(
                name: "WithdrawnAt",
                table: "AssessmentObjections");

            migrationBuilder.DropColumn(
                name: "WithdrawnByName",
                table: "AssessmentObjections");

            migrationBuilder.DropColumn(
                name: "PublishedById",
                table: "AssessmentAssessments");

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentObjections_TenantPath",
                table: "AssessmentObjections",
                column: "TenantPath");
        }
    }
}
