using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PilotPlatform.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AssessmentResults",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AssessmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ThemeOrder = table.Column<int>(type: "int", nullable: false),
                    ThemeTitle = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    PartName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    SchemeName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    SchemeVersion = table.Column<int>(type: "int", nullable: false),
                    PassMark = table.Column<decimal>(type: "decimal(18,4)", precision: 18, scale: 4, nullable: false),
                    Total = table.Column<decimal>(type: "decimal(18,4)", precision: 18, scale: 4, nullable: false),
                    Passed = table.Column<bool>(type: "bit", nullable: false),
                    Comment = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    PublishedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AssessorComments = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Indicators = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssessmentResults", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AssessmentSchemes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FamilyId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AudienceKey = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
                    PublishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    PassMark = table.Column<decimal>(type: "decimal(18,4)", precision: 18, scale: 4, nullable: false),
                    SpreadThreshold = table.Column<decimal>(type: "decimal(18,4)", precision: 18, scale: 4, nullable: false),
                    Revision = table.Column<int>(type: "int", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Indicators = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssessmentSchemes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FilesFiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    ContentType = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Sha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    ScanState = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
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
                    table.PrimaryKey("PK_FilesFiles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FilesUploads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OwnerUserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Sha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    ContentType = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true),
                    ScanState = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    FileId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    RefusalCode = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    RefusalValues = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
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
                    table.PrimaryKey("PK_FilesUploads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IdentityRoleSets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    DisplayName = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    Permissions = table.Column<string>(type: "nvarchar(max)", nullable: false),
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
                    table.PrimaryKey("PK_IdentityRoleSets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IdentityUsers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    NormalizedUserName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    DisplayName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    OfficeId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Email = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    IsActive = table.Column<bool>(type: "bit", nullable: false),
                    IsDemo = table.Column<bool>(type: "bit", nullable: false),
                    MustChangePassword = table.Column<bool>(type: "bit", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "bit", nullable: false),
                    Roles = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    PasswordHash = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    FormerPasswordHashes = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    SecurityStamp = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    ProtectedAuthenticatorKey = table.Column<string>(type: "nvarchar(600)", maxLength: 600, nullable: true),
                    RecoveryCodeHashes = table.Column<string>(type: "nvarchar(max)", nullable: false),
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
                    table.PrimaryKey("PK_IdentityUsers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KernelAudience",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SubjectId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
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
                    table.PrimaryKey("PK_KernelAudience", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KernelAudit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ActorTenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ActorId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ActorName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    OccurredAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    SubjectId = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Details = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    TraceId = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KernelAudit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KernelAuditSeals",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    EntryId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    SealedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KernelAuditSeals", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "KernelOutbox",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Payload = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false),
                    ActorId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ActorName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    OccurredAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ProcessedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LeasedUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    NextAttemptAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    LastError = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KernelOutbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KernelOutboxReceipts",
                columns: table => new
                {
                    MessageId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Handler = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    HandledAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KernelOutboxReceipts", x => new { x.MessageId, x.Handler });
                });

            migrationBuilder.CreateTable(
                name: "NotificationsNotifications",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Values = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ActorName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    Link = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    Due = table.Column<DateOnly>(type: "date", nullable: true),
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
                    table.PrimaryKey("PK_NotificationsNotifications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PilotsPilots",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AssignmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ProgrammeTitle = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    IssuerTenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IssuerPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false),
                    IssuerName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ThemeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ThemeOrder = table.Column<int>(type: "int", nullable: false),
                    ThemeNumber = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ThemeTitle = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    RegionName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    RegionOrder = table.Column<int>(type: "int", nullable: false),
                    PartName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    SuspendedFrom = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    Outcome = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: true),
                    DuePrecision = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    DueIsSoft = table.Column<bool>(type: "bit", nullable: false),
                    OpenDueOn = table.Column<DateOnly>(type: "date", nullable: true),
                    OpenDueIsSoft = table.Column<bool>(type: "bit", nullable: false),
                    WasLate = table.Column<bool>(type: "bit", nullable: false),
                    PlanSubmittedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    StartedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SubmittedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    AcceptedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Reckonings = table.Column<int>(type: "int", nullable: false),
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
                    table.PrimaryKey("PK_PilotsPilots", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesNoticeDrafts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    SourceText = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    SourceName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    ReadingJson = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ContentJson = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    AnswersJson = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Title = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    DocumentNumber = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    OpenQuestions = table.Column<int>(type: "int", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
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
                    table.PrimaryKey("PK_ProgrammesNoticeDrafts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesProgrammes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AudienceKey = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
                    Title = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    DocumentNumber = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    IssuingBody = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    IssueDate = table.Column<DateOnly>(type: "date", nullable: true),
                    DueDate = table.Column<DateOnly>(type: "date", nullable: true),
                    DuePrecision = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    DueIsSoft = table.Column<bool>(type: "bit", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    PublishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ClaimAudience = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ClaimsCloseOn = table.Column<DateOnly>(type: "date", nullable: true),
                    InvitedRegionIds = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ThemeCount = table.Column<int>(type: "int", nullable: false),
                    NoticeText = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Phases = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProgrammesProgrammes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RegionsOffices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ShortName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Order = table.Column<int>(type: "int", nullable: false),
                    IsRetired = table.Column<bool>(type: "bit", nullable: false),
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
                    table.PrimaryKey("PK_RegionsOffices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RegionsRegions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    ShortName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Level = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ParentId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Path = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false),
                    AdministrativeOrder = table.Column<int>(type: "int", nullable: false),
                    IsActive = table.Column<bool>(type: "bit", nullable: false),
                    IsAdded = table.Column<bool>(type: "bit", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RegionsRegions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RegionsRegions_RegionsRegions_ParentId",
                        column: x => x.ParentId,
                        principalTable: "RegionsRegions",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "ReplicationAdoptionNotices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PracticeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RegionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RegionName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    AdaptationNotes = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    Since = table.Column<DateTime>(type: "datetime2", nullable: false),
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
                    table.PrimaryKey("PK_ReplicationAdoptionNotices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReplicationAdoptions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PracticeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PracticeTitle = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    OriginName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    PracticeVersion = table.Column<int>(type: "int", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    AdaptationNotes = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    DeclaredAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    WithdrawnAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    WithdrawalReason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
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
                    table.PrimaryKey("PK_ReplicationAdoptions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReplicationDownloadNotices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PracticeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RegionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RegionName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
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
                    table.PrimaryKey("PK_ReplicationDownloadNotices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReplicationDownloads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PracticeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Sha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
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
                    table.PrimaryKey("PK_ReplicationDownloads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReplicationDrafts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
                    PracticeId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    HasChanges = table.Column<bool>(type: "bit", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ThemeTitle = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    OriginRegionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OriginRegionPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false),
                    OriginName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    IssuingBody = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    NoticeNumber = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    Title = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Summary = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    Keywords = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    ReportNumber = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    Background = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Measures = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Results = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Conditions = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReplicationDrafts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReplicationPractices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsShared = table.Column<bool>(type: "bit", nullable: false),
                    IsPublic = table.Column<bool>(type: "bit", nullable: false),
                    Maturity = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    OriginProvince = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    CertifiedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AdoptionCount = table.Column<int>(type: "int", nullable: false),
                    DownloadCount = table.Column<int>(type: "int", nullable: false),
                    SearchText = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ThemeTitle = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    OriginRegionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OriginRegionPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false),
                    OriginName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    IssuingBody = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    NoticeNumber = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    Title = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Summary = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    Keywords = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    ReportNumber = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    Background = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Measures = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Results = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Conditions = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReplicationPractices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AssessmentAssessments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ThemeOrder = table.Column<int>(type: "int", nullable: false),
                    ThemeTitle = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    PartName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    PilotRegionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PilotRegionPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    AcceptedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SchemeId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: true),
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
                    table.PrimaryKey("PK_AssessmentAssessments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AssessmentAssessments_AssessmentSchemes_SchemeId",
                        column: x => x.SchemeId,
                        principalTable: "AssessmentSchemes",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "IdentityApiTokens",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Prefix = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Scopes = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    LastUsedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    RevokedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
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
                    table.PrimaryKey("PK_IdentityApiTokens", x => x.Id);
                    table.ForeignKey(
                        name: "FK_IdentityApiTokens_IdentityUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "IdentityUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "IdentitySessions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SecurityStamp = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    LastSeenAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    IpAddress = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    UserAgent = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdentitySessions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_IdentitySessions_IdentityUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "IdentityUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "IdentitySignInStates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Failures = table.Column<int>(type: "int", nullable: false),
                    LockedUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LastSignInAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LastTotpStep = table.Column<long>(type: "bigint", nullable: false),
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
                    table.PrimaryKey("PK_IdentitySignInStates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_IdentitySignInStates_IdentityUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "IdentityUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "NotificationsMails",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    NotificationId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Address = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false),
                    SentAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    NextAttemptAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    LastError = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
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
                    table.PrimaryKey("PK_NotificationsMails", x => x.Id);
                    table.ForeignKey(
                        name: "FK_NotificationsMails_NotificationsNotifications_NotificationId",
                        column: x => x.NotificationId,
                        principalTable: "NotificationsNotifications",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PilotsDeliverables",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RequirementId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Name = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Order = table.Column<int>(type: "int", nullable: false),
                    IsRequired = table.Column<bool>(type: "bit", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: true),
                    DueIsSoft = table.Column<bool>(type: "bit", nullable: false),
                    WasLate = table.Column<bool>(type: "bit", nullable: false),
                    LatestVersion = table.Column<int>(type: "int", nullable: false),
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
                    table.PrimaryKey("PK_PilotsDeliverables", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PilotsDeliverables_PilotsPilots_PilotId",
                        column: x => x.PilotId,
                        principalTable: "PilotsPilots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PilotsHistory",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    HappenedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Sequence = table.Column<int>(type: "int", nullable: false),
                    ActorName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ActorRegionName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Values = table.Column<string>(type: "nvarchar(max)", nullable: false),
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
                    table.PrimaryKey("PK_PilotsHistory", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PilotsHistory_PilotsPilots_PilotId",
                        column: x => x.PilotId,
                        principalTable: "PilotsPilots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PilotsNotes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    AuthorName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
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
                    table.PrimaryKey("PK_PilotsNotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PilotsNotes_PilotsPilots_PilotId",
                        column: x => x.PilotId,
                        principalTable: "PilotsPilots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PilotsPhases",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Order = table.Column<int>(type: "int", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    StartOn = table.Column<DateOnly>(type: "date", nullable: false),
                    EndOn = table.Column<DateOnly>(type: "date", nullable: false),
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
                    table.PrimaryKey("PK_PilotsPhases", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PilotsPhases_PilotsPilots_PilotId",
                        column: x => x.PilotId,
                        principalTable: "PilotsPilots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PilotsPlanDrafts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
                    Phases = table.Column<string>(type: "nvarchar(max)", nullable: false),
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
                    table.PrimaryKey("PK_PilotsPlanDrafts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PilotsPlanDrafts_PilotsPilots_PilotId",
                        column: x => x.PilotId,
                        principalTable: "PilotsPilots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesThemes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AudienceKey = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Order = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Description = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: false),
                    LeadOffices = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    DueDate = table.Column<DateOnly>(type: "date", nullable: true),
                    DuePrecision = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    DueIsSoft = table.Column<bool>(type: "bit", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Deliverables = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProgrammesThemes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProgrammesThemes_ProgrammesProgrammes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "ProgrammesProgrammes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AssessmentOutcomes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AssessmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Total = table.Column<decimal>(type: "decimal(18,4)", precision: 18, scale: 4, nullable: false),
                    Passes = table.Column<bool>(type: "bit", nullable: false),
                    Spread = table.Column<decimal>(type: "decimal(18,4)", precision: 18, scale: 4, nullable: false),
                    SpreadAlarm = table.Column<bool>(type: "bit", nullable: false),
                    SpreadNote = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Sheets = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssessmentOutcomes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AssessmentOutcomes_AssessmentAssessments_AssessmentId",
                        column: x => x.AssessmentId,
                        principalTable: "AssessmentAssessments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AssessmentPanelMembers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AssessmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AssessorId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AssessorName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    HasSubmitted = table.Column<bool>(type: "bit", nullable: false),
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
                    table.PrimaryKey("PK_AssessmentPanelMembers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AssessmentPanelMembers_AssessmentAssessments_AssessmentId",
                        column: x => x.AssessmentId,
                        principalTable: "AssessmentAssessments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AssessmentScoreSheets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AssessmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OwnerUserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
                    SubmittedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Comment = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    Revision = table.Column<int>(type: "int", nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ModifiedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ModifiedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Entries = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssessmentScoreSheets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AssessmentScoreSheets_AssessmentAssessments_AssessmentId",
                        column: x => x.AssessmentId,
                        principalTable: "AssessmentAssessments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PilotsSubmissions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    DeliverableId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IssuerTenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Sections = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Files = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    SubmittedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SubmittedByName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DecidedByName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Checks = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Findings = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Remark = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    CorrectionDueOn = table.Column<DateOnly>(type: "date", nullable: true),
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
                    table.PrimaryKey("PK_PilotsSubmissions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PilotsSubmissions_PilotsDeliverables_DeliverableId",
                        column: x => x.DeliverableId,
                        principalTable: "PilotsDeliverables",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PilotsSubmissions_PilotsPilots_PilotId",
                        column: x => x.PilotId,
                        principalTable: "PilotsPilots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PilotsTasks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PilotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PhaseId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Order = table.Column<int>(type: "int", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    OfficeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OfficeName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: false),
                    DoneOn = table.Column<DateOnly>(type: "date", nullable: true),
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
                    table.PrimaryKey("PK_PilotsTasks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PilotsTasks_PilotsPhases_PhaseId",
                        column: x => x.PhaseId,
                        principalTable: "PilotsPhases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PilotsTasks_PilotsPilots_PilotId",
                        column: x => x.PilotId,
                        principalTable: "PilotsPilots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesAssignments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AudienceKey = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ThemeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RegionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RegionPath = table.Column<string>(type: "nvarchar(96)", maxLength: 96, nullable: false),
                    PartName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Origin = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    AssignedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    RevokedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    RevocationReason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    RevocationMark = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
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
                    table.PrimaryKey("PK_ProgrammesAssignments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProgrammesAssignments_ProgrammesProgrammes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "ProgrammesProgrammes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ProgrammesAssignments_ProgrammesThemes_ThemeId",
                        column: x => x.ThemeId,
                        principalTable: "ProgrammesThemes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesClaims",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ThemeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsDraft = table.Column<bool>(type: "bit", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Reasons = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    PartName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    SubmittedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DecisionReason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    AssignmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
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
                    table.PrimaryKey("PK_ProgrammesClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProgrammesClaims_ProgrammesProgrammes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "ProgrammesProgrammes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ProgrammesClaims_ProgrammesThemes_ThemeId",
                        column: x => x.ThemeId,
                        principalTable: "ProgrammesThemes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProgrammesOpinions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ClaimId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OfficeName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Stance = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    RecordedBy = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
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
                    table.PrimaryKey("PK_ProgrammesOpinions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProgrammesOpinions_ProgrammesClaims_ClaimId",
                        column: x => x.ClaimId,
                        principalTable: "ProgrammesClaims",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentAssessments_PilotId",
                table: "AssessmentAssessments",
                column: "PilotId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentAssessments_SchemeId",
                table: "AssessmentAssessments",
                column: "SchemeId");

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentAssessments_TenantPath_Status",
                table: "AssessmentAssessments",
                columns: new[] { "TenantPath", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentOutcomes_AssessmentId",
                table: "AssessmentOutcomes",
                column: "AssessmentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentOutcomes_TenantPath",
                table: "AssessmentOutcomes",
                column: "TenantPath");

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentPanelMembers_AssessmentId_AssessorId",
                table: "AssessmentPanelMembers",
                columns: new[] { "AssessmentId", "AssessorId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentPanelMembers_TenantPath_AssessorId",
                table: "AssessmentPanelMembers",
                columns: new[] { "TenantPath", "AssessorId" });

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentResults_AssessmentId",
                table: "AssessmentResults",
                column: "AssessmentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentResults_PilotId",
                table: "AssessmentResults",
                column: "PilotId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentResults_TenantPath_PublishedAt",
                table: "AssessmentResults",
                columns: new[] { "TenantPath", "PublishedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentSchemes_FamilyId_Version",
                table: "AssessmentSchemes",
                columns: new[] { "FamilyId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentSchemes_TenantPath_Name",
                table: "AssessmentSchemes",
                columns: new[] { "TenantPath", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentScoreSheets_AssessmentId_OwnerUserId",
                table: "AssessmentScoreSheets",
                columns: new[] { "AssessmentId", "OwnerUserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentScoreSheets_TenantPath_OwnerUserId",
                table: "AssessmentScoreSheets",
                columns: new[] { "TenantPath", "OwnerUserId" });

            migrationBuilder.CreateIndex(
                name: "IX_FilesFiles_Sha256",
                table: "FilesFiles",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_FilesFiles_TenantPath_CreatedAt",
                table: "FilesFiles",
                columns: new[] { "TenantPath", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_FilesUploads_ExpiresAt",
                table: "FilesUploads",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_FilesUploads_OwnerUserId_Status",
                table: "FilesUploads",
                columns: new[] { "OwnerUserId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_FilesUploads_Sha256",
                table: "FilesUploads",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_IdentityApiTokens_Hash",
                table: "IdentityApiTokens",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_IdentityApiTokens_TenantPath_ExpiresAt",
                table: "IdentityApiTokens",
                columns: new[] { "TenantPath", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_IdentityApiTokens_UserId",
                table: "IdentityApiTokens",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_IdentityRoleSets_TenantId_Name",
                table: "IdentityRoleSets",
                columns: new[] { "TenantId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_IdentityRoleSets_TenantPath",
                table: "IdentityRoleSets",
                column: "TenantPath");

            migrationBuilder.CreateIndex(
                name: "IX_IdentitySessions_TenantPath",
                table: "IdentitySessions",
                column: "TenantPath");

            migrationBuilder.CreateIndex(
                name: "IX_IdentitySessions_UserId_StartedAt",
                table: "IdentitySessions",
                columns: new[] { "UserId", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_IdentitySignInStates_UserId",
                table: "IdentitySignInStates",
                column: "UserId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_IdentityUsers_NormalizedUserName",
                table: "IdentityUsers",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_IdentityUsers_TenantId",
                table: "IdentityUsers",
                column: "TenantId");

            migrationBuilder.CreateIndex(
                name: "IX_IdentityUsers_TenantPath_UserName",
                table: "IdentityUsers",
                columns: new[] { "TenantPath", "UserName" });

            migrationBuilder.CreateIndex(
                name: "IX_KernelAudience_SubjectId_TenantPath",
                table: "KernelAudience",
                columns: new[] { "SubjectId", "TenantPath" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_KernelAudit_ActorTenantPath_OccurredAt",
                table: "KernelAudit",
                columns: new[] { "ActorTenantPath", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_KernelAudit_OccurredAt",
                table: "KernelAudit",
                column: "OccurredAt");

            migrationBuilder.CreateIndex(
                name: "IX_KernelAudit_SubjectId",
                table: "KernelAudit",
                column: "SubjectId");

            migrationBuilder.CreateIndex(
                name: "IX_KernelAudit_TenantPath_OccurredAt",
                table: "KernelAudit",
                columns: new[] { "TenantPath", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_KernelAuditSeals_EntryId",
                table: "KernelAuditSeals",
                column: "EntryId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_KernelOutbox_ProcessedAt_NextAttemptAt",
                table: "KernelOutbox",
                columns: new[] { "ProcessedAt", "NextAttemptAt" });

            migrationBuilder.CreateIndex(
                name: "IX_NotificationsMails_NotificationId",
                table: "NotificationsMails",
                column: "NotificationId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NotificationsMails_SentAt_NextAttemptAt",
                table: "NotificationsMails",
                columns: new[] { "SentAt", "NextAttemptAt" });

            migrationBuilder.CreateIndex(
                name: "IX_NotificationsNotifications_TenantPath_UserId_CreatedAt",
                table: "NotificationsNotifications",
                columns: new[] { "TenantPath", "UserId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_NotificationsNotifications_UserId_ReadAt",
                table: "NotificationsNotifications",
                columns: new[] { "UserId", "ReadAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsDeliverables_PilotId_Order",
                table: "PilotsDeliverables",
                columns: new[] { "PilotId", "Order" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsDeliverables_TenantId_Status_DueOn",
                table: "PilotsDeliverables",
                columns: new[] { "TenantId", "Status", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsHistory_PilotId_HappenedAt",
                table: "PilotsHistory",
                columns: new[] { "PilotId", "HappenedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsNotes_PilotId_Date",
                table: "PilotsNotes",
                columns: new[] { "PilotId", "Date" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsPhases_PilotId_Order",
                table: "PilotsPhases",
                columns: new[] { "PilotId", "Order" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsPilots_AssignmentId",
                table: "PilotsPilots",
                column: "AssignmentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PilotsPilots_ProgrammeId_TenantPath_ThemeOrder_RegionOrder",
                table: "PilotsPilots",
                columns: new[] { "ProgrammeId", "TenantPath", "ThemeOrder", "RegionOrder" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsPilots_TenantId_Status_OpenDueOn",
                table: "PilotsPilots",
                columns: new[] { "TenantId", "Status", "OpenDueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsPilots_TenantPath_ThemeOrder_RegionOrder_Id_Status_OpenDueOn_OpenDueIsSoft_WasLate_SubmittedOn",
                table: "PilotsPilots",
                columns: new[] { "TenantPath", "ThemeOrder", "RegionOrder", "Id", "Status", "OpenDueOn", "OpenDueIsSoft", "WasLate", "SubmittedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsPilots_TenantPath_ThemeTitle_RegionName_PartName_ThemeOrder_RegionOrder_Id",
                table: "PilotsPilots",
                columns: new[] { "TenantPath", "ThemeTitle", "RegionName", "PartName", "ThemeOrder", "RegionOrder", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsPilots_ThemeId_TenantPath",
                table: "PilotsPilots",
                columns: new[] { "ThemeId", "TenantPath" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsPlanDrafts_PilotId",
                table: "PilotsPlanDrafts",
                column: "PilotId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PilotsSubmissions_DeliverableId_Version",
                table: "PilotsSubmissions",
                columns: new[] { "DeliverableId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PilotsSubmissions_IssuerTenantId_Status_SubmittedAt",
                table: "PilotsSubmissions",
                columns: new[] { "IssuerTenantId", "Status", "SubmittedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsSubmissions_PilotId_Status",
                table: "PilotsSubmissions",
                columns: new[] { "PilotId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsTasks_PhaseId",
                table: "PilotsTasks",
                column: "PhaseId");

            migrationBuilder.CreateIndex(
                name: "IX_PilotsTasks_PilotId_Order",
                table: "PilotsTasks",
                columns: new[] { "PilotId", "Order" });

            migrationBuilder.CreateIndex(
                name: "IX_PilotsTasks_TenantId_DoneOn_DueOn",
                table: "PilotsTasks",
                columns: new[] { "TenantId", "DoneOn", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesAssignments_ProgrammeId",
                table: "ProgrammesAssignments",
                column: "ProgrammeId");

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesAssignments_TenantPath_ProgrammeId",
                table: "ProgrammesAssignments",
                columns: new[] { "TenantPath", "ProgrammeId" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesAssignments_ThemeId_RegionId_PartName_RevocationMark",
                table: "ProgrammesAssignments",
                columns: new[] { "ThemeId", "RegionId", "PartName", "RevocationMark" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesClaims_ProgrammeId",
                table: "ProgrammesClaims",
                column: "ProgrammeId");

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesClaims_TenantPath_ProgrammeId",
                table: "ProgrammesClaims",
                columns: new[] { "TenantPath", "ProgrammeId" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesClaims_ThemeId_TenantId",
                table: "ProgrammesClaims",
                columns: new[] { "ThemeId", "TenantId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesNoticeDrafts_TenantPath_Status_CreatedAt",
                table: "ProgrammesNoticeDrafts",
                columns: new[] { "TenantPath", "Status", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesOpinions_ClaimId",
                table: "ProgrammesOpinions",
                column: "ClaimId");

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesOpinions_TenantPath_ProgrammeId_ClaimId",
                table: "ProgrammesOpinions",
                columns: new[] { "TenantPath", "ProgrammeId", "ClaimId" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesProgrammes_TenantId_DocumentNumber",
                table: "ProgrammesProgrammes",
                columns: new[] { "TenantId", "DocumentNumber" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesProgrammes_TenantPath_Status_IssueDate",
                table: "ProgrammesProgrammes",
                columns: new[] { "TenantPath", "Status", "IssueDate" });

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesThemes_ProgrammeId_Order",
                table: "ProgrammesThemes",
                columns: new[] { "ProgrammeId", "Order" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProgrammesThemes_TenantPath_ProgrammeId",
                table: "ProgrammesThemes",
                columns: new[] { "TenantPath", "ProgrammeId" });

            migrationBuilder.CreateIndex(
                name: "IX_RegionsOffices_TenantId_Name",
                table: "RegionsOffices",
                columns: new[] { "TenantId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RegionsOffices_TenantPath_Order",
                table: "RegionsOffices",
                columns: new[] { "TenantPath", "Order" });

            migrationBuilder.CreateIndex(
                name: "IX_RegionsRegions_Code",
                table: "RegionsRegions",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RegionsRegions_ParentId",
                table: "RegionsRegions",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_RegionsRegions_Path",
                table: "RegionsRegions",
                column: "Path",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReplicationAdoptionNotices_PracticeId_RegionId",
                table: "ReplicationAdoptionNotices",
                columns: new[] { "PracticeId", "RegionId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReplicationAdoptionNotices_TenantPath_PracticeId",
                table: "ReplicationAdoptionNotices",
                columns: new[] { "TenantPath", "PracticeId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReplicationAdoptions_PracticeId_TenantId",
                table: "ReplicationAdoptions",
                columns: new[] { "PracticeId", "TenantId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReplicationAdoptions_TenantPath_DeclaredAt",
                table: "ReplicationAdoptions",
                columns: new[] { "TenantPath", "DeclaredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ReplicationDownloadNotices_TenantPath_PracticeId_At",
                table: "ReplicationDownloadNotices",
                columns: new[] { "TenantPath", "PracticeId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_ReplicationDownloads_TenantPath_At",
                table: "ReplicationDownloads",
                columns: new[] { "TenantPath", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_ReplicationDrafts_PilotId",
                table: "ReplicationDrafts",
                column: "PilotId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReplicationDrafts_TenantPath",
                table: "ReplicationDrafts",
                column: "TenantPath");

            migrationBuilder.CreateIndex(
                name: "IX_ReplicationPractices_IsShared_CertifiedAt",
                table: "ReplicationPractices",
                columns: new[] { "IsShared", "CertifiedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ReplicationPractices_PilotId",
                table: "ReplicationPractices",
                column: "PilotId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReplicationPractices_TenantPath_CertifiedAt",
                table: "ReplicationPractices",
                columns: new[] { "TenantPath", "CertifiedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AssessmentOutcomes");

            migrationBuilder.DropTable(
                name: "AssessmentPanelMembers");

            migrationBuilder.DropTable(
                name: "AssessmentResults");

            migrationBuilder.DropTable(
                name: "AssessmentScoreSheets");

            migrationBuilder.DropTable(
                name: "FilesFiles");

            migrationBuilder.DropTable(
                name: "FilesUploads");

            migrationBuilder.DropTable(
                name: "IdentityApiTokens");

            migrationBuilder.DropTable(
                name: "IdentityRoleSets");

            migrationBuilder.DropTable(
                name: "IdentitySessions");

            migrationBuilder.DropTable(
                name: "IdentitySignInStates");

            migrationBuilder.DropTable(
                name: "KernelAudience");

            migrationBuilder.DropTable(
                name: "KernelAudit");

            migrationBuilder.DropTable(
                name: "KernelAuditSeals");

            migrationBuilder.DropTable(
                name: "KernelOutbox");

            migrationBuilder.DropTable(
                name: "KernelOutboxReceipts");

            migrationBuilder.DropTable(
                name: "NotificationsMails");

            migrationBuilder.DropTable(
                name: "PilotsHistory");

            migrationBuilder.DropTable(
                name: "PilotsNotes");

            migrationBuilder.DropTable(
                name: "PilotsPlanDrafts");

            migrationBuilder.DropTable(
                name: "PilotsSubmissions");

            migrationBuilder.DropTable(
                name: "PilotsTasks");

            migrationBuilder.DropTable(
                name: "ProgrammesAssignments");

            migrationBuilder.DropTable(
                name: "ProgrammesNoticeDrafts");

            migrationBuilder.DropTable(
                name: "ProgrammesOpinions");

            migrationBuilder.DropTable(
                name: "RegionsOffices");

            migrationBuilder.DropTable(
                name: "RegionsRegions");

            migrationBuilder.DropTable(
                name: "ReplicationAdoptionNotices");

            migrationBuilder.DropTable(
                name: "ReplicationAdoptions");

            migrationBuilder.DropTable(
                name: "ReplicationDownloadNotices");

            migrationBuilder.DropTable(
                name: "ReplicationDownloads");

            migrationBuilder.DropTable(
                name: "ReplicationDrafts");

            migrationBuilder.DropTable(
                name: "ReplicationPractices");

            migrationBuilder.DropTable(
                name: "AssessmentAssessments");

            migrationBuilder.DropTable(
                name: "IdentityUsers");

            migrationBuilder.DropTable(
                name: "NotificationsNotifications");

            migrationBuilder.DropTable(
                name: "PilotsDeliverables");

            migrationBuilder.DropTable(
                name: "PilotsPhases");

            migrationBuilder.DropTable(
                name: "ProgrammesClaims");

            migrationBuilder.DropTable(
                name: "AssessmentSchemes");

            migrationBuilder.DropTable(
                name: "PilotsPilots");

            migrationBuilder.DropTable(
                name: "ProgrammesThemes");

            migrationBuilder.DropTable(
                name: "ProgrammesProgrammes");
        }
    }
}
