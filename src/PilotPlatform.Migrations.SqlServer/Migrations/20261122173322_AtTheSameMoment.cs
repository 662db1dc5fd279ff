using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PilotPlatform.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AtTheSameMoment : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "DelegationId",
                table: "WorkflowsTasks",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Number",
                table: "WorkflowsDelegations",
                type: "int",
                nullable: false,
                defaultValue: 0);

            // A person's delegations so far, in the order in which they were made.
            migrationBuilder.Sql(@"UPDATE [WorkflowsDelegations] SET [Number] = (SELECT COUNT(*) FROM [WorkflowsDelegations] AS d WHERE d.[TenantId] = [WorkflowsDelegations].[TenantId] AND d.[FromUserId] = [WorkflowsDelegations].[FromUserId] AND d.[Id] <= [WorkflowsDelegations].[Id])");

            // Two roles of one name came of two clicks at the same moment: the later one goes by its own key until it is renamed.
            migrationBuilder.Sql(@"UPDATE [IdentityRoleSets] SET [DisplayName] = [Name] WHERE EXISTS (SELECT 1 FROM [IdentityRoleSets] AS r WHERE r.[TenantId] = [IdentityRoleSets].[TenantId] AND r.[DisplayName] = [IdentityRoleSets].[DisplayName] AND r.[Id] < [IdentityRoleSets].[Id])");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsTasks_DelegationId",
                table: "WorkflowsTasks",
                column: "DelegationId",
                filter: "\"DelegationId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WorkflowsDelegations_TenantId_FromUserId_Number",
                table: "WorkflowsDelegations",
                columns: new[] { "TenantId", "FromUserId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_IdentityRoleSets_TenantId_DisplayName",
                table: "IdentityRoleSets",
                columns: new[] { "TenantId", "DisplayName" },
                unique: true,
                filter: "[DisplayName] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WorkflowsTasks_DelegationId",
                table: "WorkflowsTasks");

            migrationBuilder.DropIndex(
                name: "IX_WorkflowsDelegations_TenantId_FromUserId_Number",
                table: "WorkflowsDelegations");

            migrationBuilder.DropIndex(
                name: "IX_IdentityRoleSets_TenantId_DisplayName",
                table: "IdentityRoleSets");

            migrationBuilder.DropColumn(
                name: "DelegationId",
                table: "WorkflowsTasks");

            migrationBuilder.DropColumn(
                name: "Number",
                table: "WorkflowsDelegations");
        }
    }
}
