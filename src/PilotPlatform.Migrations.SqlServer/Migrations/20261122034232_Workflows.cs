using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PilotPlatform.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Workflows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AssistingOffices",
                table: "ProgrammesThemes",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "ToolKits",
                table: "ProgrammesThemes",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Decisions",
                table: "ProgrammesProgrammes",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Origin",
                table: "ProgrammesNoticeDrafts",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Notice");

            migrationBuilder.AddColumn<string>(
                name: "RevisionJson",
                table: "ProgrammesNoticeDrafts",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "FinalAt",
                table: "AssessmentResults",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "IssuerId",
                table: "AssessmentResults",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "IssuerPath",
                table: "AssessmentResults",
                type: "nvarchar(96)",
                maxLength: 96,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "SelfAssessment",
                table: "AssessmentAssessments",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: false,
                defaultValue: "");

            // Results published before this version: the issuer is whoever keeps the assessment.
            migrationBuilder.Sql(@"UPDATE [AssessmentResults] SET [IssuerId] = (SELECT a.[TenantId] FROM [AssessmentAssessments] a WHERE a.[Id] = [AssessmentResults].[AssessmentId]), [IssuerPath] = (SELECT a.[TenantPath] FROM [AssessmentAssessments] a WHERE a.[Id] = [AssessmentResults].[AssessmentId]) WHERE EXISTS (SELECT 1 FROM [AssessmentAssessments] a WHERE a.[Id] = [AssessmentResults].[AssessmentId]);");

            migrationBuilder.CreateTable(
                name: "AssessmentObjections",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ResultId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AssessmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    RaisedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    RaisedByName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Ruling = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    RulingText = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    RuledAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    RuledByName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssessmentObjections", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AssessmentObjections_AssessmentResults_ResultId",
                        column: x => x.ResultId,
                        principalTable: "AssessmentResults",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesTemplates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ContentJson = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ThemeCount = table.Column<int>(type: "int", nullable: false),
                    MadeBy = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProgrammesTemplates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsChoices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    ChosenFor = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ChosenKey = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    IsInherited = table.Column<bool>(type: "bit", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsChoices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsDefinitions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    AllowsOverride = table.Column<bool>(type: "bit", nullable: false),
                    CurrentVersionId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    LastVersion = table.Column<int>(type: "int", nullable: false),
                    IsInherited = table.Column<bool>(type: "bit", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsDefinitions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsDelegations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FromUserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FromName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ToUserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ToName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    First = table.Column<DateOnly>(type: "date", nullable: false),
                    Last = table.Column<DateOnly>(type: "date", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsDelegations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsVersions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    DefinitionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
                    IsInherited = table.Column<bool>(type: "bit", nullable: false),
                    Xml = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Note = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    PublishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    PublishedByName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsVersions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WorkflowsVersions_WorkflowsDefinitions_DefinitionId",
                        column: x => x.DefinitionId,
                        principalTable: "WorkflowsDefinitions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsInstances",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    VersionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    StartKey = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    SubjectType = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    SubjectId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Title = table.Column<string>(type: "nvarchar(600)", maxLength: 600, nullable: false),
                    Link = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    PartOf = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    IssuerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IssuerPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false),
                    StartedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    StartedByName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    RunMark = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    StepCount = table.Column<int>(type: "int", nullable: false),
                    LastMove = table.Column<int>(type: "int", nullable: false),
                    StateJson = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    DoersJson = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ParentInstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ParentExecutionId = table.Column<int>(type: "int", nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsInstances", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WorkflowsInstances_WorkflowsVersions_VersionId",
                        column: x => x.VersionId,
                        principalTable: "WorkflowsVersions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsIncidents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(600)", maxLength: 600, nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ExecutionId = table.Column<int>(type: "int", nullable: false),
                    NodeId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Code = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Detail = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    SettledAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Resolution = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    SettledByName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsIncidents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WorkflowsIncidents_WorkflowsInstances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "WorkflowsInstances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsJobs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ExecutionId = table.Column<int>(type: "int", nullable: false),
                    NodeId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LeasedUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LeaseId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    RepeatsLeft = table.Column<int>(type: "int", nullable: true),
                    Interval = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    Payload = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    ActorId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ActorName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsJobs", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WorkflowsJobs_WorkflowsInstances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "WorkflowsInstances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsMessageWaits",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SubjectId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    WaitId = table.Column<int>(type: "int", nullable: false),
                    NodeId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    MessageName = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsMessageWaits", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WorkflowsMessageWaits_WorkflowsInstances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "WorkflowsInstances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsMigrations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    BatchId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FromVersionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ToVersionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    MappingJson = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    BeforeJson = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    AtStep = table.Column<int>(type: "int", nullable: false),
                    UndoneAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsMigrations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WorkflowsMigrations_WorkflowsInstances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "WorkflowsInstances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_WorkflowsMigrations_WorkflowsVersions_FromVersionId",
                        column: x => x.FromVersionId,
                        principalTable: "WorkflowsVersions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_WorkflowsMigrations_WorkflowsVersions_ToVersionId",
                        column: x => x.ToVersionId,
                        principalTable: "WorkflowsVersions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsSteps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    NodeId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    ActorId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ActorName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Note = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    EffectsJson = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsSteps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WorkflowsSteps_WorkflowsInstances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "WorkflowsInstances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsTasks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SubjectId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(600)", maxLength: 600, nullable: false),
                    ExecutionId = table.Column<int>(type: "int", nullable: false),
                    NodeId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    OfferedTo = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    OfferRegionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OfferRegionPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false),
                    AssigneeId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AssigneeName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ExcludedUsers = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: true),
                    CompletedByEvent = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true),
                    AllowsBatch = table.Column<bool>(type: "bit", nullable: false),
                    IsConfidential = table.Column<bool>(type: "bit", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CompletedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CompletedAtStep = table.Column<int>(type: "int", nullable: false),
                    CompletedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    CompletedByName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ValuesJson = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Comment = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    AddedToTaskId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AddedAs = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    HasSignersAfter = table.Column<bool>(type: "bit", nullable: false),
                    UrgedTimes = table.Column<int>(type: "int", nullable: false),
                    LastUrgedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    RemindersSent = table.Column<int>(type: "int", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsTasks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WorkflowsTasks_WorkflowsInstances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "WorkflowsInstances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsCandidates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TaskId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsCandidates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WorkflowsCandidates_WorkflowsTasks_TaskId",
                        column: x => x.TaskId,
                        principalTable: "WorkflowsTasks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsComments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TaskId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AuthorId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AuthorName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    FileIds = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsComments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WorkflowsComments_WorkflowsTasks_TaskId",
                        column: x => x.TaskId,
                        principalTable: "WorkflowsTasks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WorkflowsCopies",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TaskId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ByName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ReadAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkflowsCopies", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WorkflowsCopies_WorkflowsTasks_TaskId",
                        column: x => x.TaskId,
                        principalTable: "WorkflowsTasks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentObjections_AssessmentId",
                table: "AssessmentObjections",
                column: "AssessmentId");

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentObjections_ResultId",
                table: "AssessmentObjections",
                column: "ResultId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentObjections_TenantPath",
                table: "AssessmentObjections",
                column: "TenantPath");

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesTemplates_TenantId_Name",
                table: "ProgrammesTemplates",
                columns: new[] { "TenantId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesTemplates_TenantPath_CreatedAt",
                table: "ProgrammesTemplates",
                columns: new[] { "TenantPath", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsCandidates_TaskId",
                table: "WorkflowsCandidates",
                column: "TaskId");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsCandidates_UserId_TaskId",
                table: "WorkflowsCandidates",
                columns: new[] { "UserId", "TaskId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsChoices_TenantPath_ChosenFor_Key",
                table: "WorkflowsChoices",
                columns: new[] { "TenantPath", "ChosenFor", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsComments_InstanceId",
                table: "WorkflowsComments",
                column: "InstanceId");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsComments_TaskId",
                table: "WorkflowsComments",
                column: "TaskId");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsCopies_TaskId_UserId",
                table: "WorkflowsCopies",
                columns: new[] { "TaskId", "UserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsCopies_UserId_ReadAt",
                table: "WorkflowsCopies",
                columns: new[] { "UserId", "ReadAt" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsDefinitions_Key",
                table: "WorkflowsDefinitions",
                column: "Key");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsDefinitions_TenantPath_Key",
                table: "WorkflowsDefinitions",
                columns: new[] { "TenantPath", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsDelegations_FromUserId_Last",
                table: "WorkflowsDelegations",
                columns: new[] { "FromUserId", "Last" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsDelegations_ToUserId_Last",
                table: "WorkflowsDelegations",
                columns: new[] { "ToUserId", "Last" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsIncidents_InstanceId_ExecutionId",
                table: "WorkflowsIncidents",
                columns: new[] { "InstanceId", "ExecutionId" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsIncidents_TenantPath_SettledAt_CreatedAt",
                table: "WorkflowsIncidents",
                columns: new[] { "TenantPath", "SettledAt", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsInstances_ParentInstanceId",
                table: "WorkflowsInstances",
                column: "ParentInstanceId");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsInstances_PartOf",
                table: "WorkflowsInstances",
                column: "PartOf");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsInstances_StartedBy_CreatedAt",
                table: "WorkflowsInstances",
                columns: new[] { "StartedBy", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsInstances_SubjectId_StartKey_RunMark",
                table: "WorkflowsInstances",
                columns: new[] { "SubjectId", "StartKey", "RunMark" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsInstances_VersionId_Status",
                table: "WorkflowsInstances",
                columns: new[] { "VersionId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsJobs_DueAt",
                table: "WorkflowsJobs",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsJobs_InstanceId_ExecutionId",
                table: "WorkflowsJobs",
                columns: new[] { "InstanceId", "ExecutionId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsMessageWaits_InstanceId_WaitId",
                table: "WorkflowsMessageWaits",
                columns: new[] { "InstanceId", "WaitId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsMessageWaits_SubjectId_MessageName",
                table: "WorkflowsMessageWaits",
                columns: new[] { "SubjectId", "MessageName" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsMigrations_BatchId",
                table: "WorkflowsMigrations",
                column: "BatchId");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsMigrations_FromVersionId",
                table: "WorkflowsMigrations",
                column: "FromVersionId");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsMigrations_InstanceId_AtStep",
                table: "WorkflowsMigrations",
                columns: new[] { "InstanceId", "AtStep" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsMigrations_ToVersionId",
                table: "WorkflowsMigrations",
                column: "ToVersionId");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsSteps_InstanceId_Number",
                table: "WorkflowsSteps",
                columns: new[] { "InstanceId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsTasks_CompletedBy_CompletedAt",
                table: "WorkflowsTasks",
                columns: new[] { "CompletedBy", "CompletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsTasks_InstanceId_ExecutionId",
                table: "WorkflowsTasks",
                columns: new[] { "InstanceId", "ExecutionId" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsTasks_Status_AssigneeId_DueOn",
                table: "WorkflowsTasks",
                columns: new[] { "Status", "AssigneeId", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsTasks_Status_DueOn",
                table: "WorkflowsTasks",
                columns: new[] { "Status", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsTasks_Status_OfferedTo_DueOn",
                table: "WorkflowsTasks",
                columns: new[] { "Status", "OfferedTo", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsTasks_SubjectId_Status",
                table: "WorkflowsTasks",
                columns: new[] { "SubjectId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsVersions_DefinitionId_Number",
                table: "WorkflowsVersions",
                columns: new[] { "DefinitionId", "Number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AssessmentObjections");

            migrationBuilder.DropTable(
                name: "ProgrammesTemplates");

            migrationBuilder.DropTable(
                name: "WorkflowsCandidates");

            migrationBuilder.DropTable(
                name: "WorkflowsChoices");

            migrationBuilder.DropTable(
                name: "WorkflowsComments");

            migrationBuilder.DropTable(
                name: "WorkflowsCopies");

            migrationBuilder.DropTable(
                name: "WorkflowsDelegations");

            migrationBuilder.DropTable(
                name: "WorkflowsIncidents");

            migrationBuilder.DropTable(
                name: "WorkflowsJobs");

            migrationBuilder.DropTable(
                name: "WorkflowsMessageWaits");

            migrationBuilder.DropTable(
                name: "WorkflowsMigrations");

            migrationBuilder.DropTable(
                name: "WorkflowsSteps");

            migrationBuilder.DropTable(
                name: "WorkflowsTasks");

            migrationBuilder.DropTable(
                name: "WorkflowsInstances");

            migrationBuilder.DropTable(
                name: "WorkflowsVersions");

            migrationBuilder.DropTable(
                name: "WorkflowsDefinitions");

            migrationBuilder.DropColumn(
                name: "AssistingOffices",
                table: "ProgrammesThemes");

            migrationBuilder.DropColumn(
                name: "ToolKits",
                table: "ProgrammesThemes");

            migrationBuilder.DropColumn(
                name: "Decisions",
                table: "ProgrammesProgrammes");

            migrationBuilder.DropColumn(
                name: "Origin",
                table: "ProgrammesNoticeDrafts");

            migrationBuilder.DropColumn(
                name: "RevisionJson",
                table: "ProgrammesNoticeDrafts");

            migrationBuilder.DropColumn(
                name: "FinalAt",
                table: "AssessmentResults");

            migrationBuilder.DropColumn(
                name: "IssuerId",
                table: "AssessmentResults");

            migrationBuilder.DropColumn(
                name: "IssuerPath",
                table: "AssessmentResults");

            migrationBuilder.DropColumn(
                name: "SelfAssessment",
                table: "AssessmentAssessments");
        }
    }
}
