using PilotPlatform.Audit;
using PilotPlatform.Events;

namespace PilotPlatform.Tenancy;

/// <summary>
/// The literal list of entities without a tenant filter, each with its reason. The sweep in Platform.Tests holds
/// the model against it. Types of modules are named as text, since the Kernel knows no module.
/// </summary>
public static class TenantExemptions
{
    /// <summary>Full type name → why it has no tenant filter.</summary>
    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>
    {
        [typeof(OutboxMessage).FullName!] = "infrastructure: read by the dispatcher alone, no endpoint serves it",
        [typeof(OutboxReceipt).FullName!] = "infrastructure: read by the dispatcher alone, no endpoint serves it",
        [typeof(AuditSeal).FullName!] = "holds hashes only; the entries that it seals are tenant-owned",
        ["PilotPlatform.Regions.Regions.Region"] = "public reference data: names and codes of regions",
    };
}
