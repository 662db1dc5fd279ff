using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Permissions;

namespace PilotPlatform.Files.Files;

/// <summary>Who may read a file: tenant and draft filters first, then the modules' rules. In doubt, not.</summary>
internal sealed class FileAccess(PlatformDbContext db, IEnumerable<IFileAccessRule> rules, ICurrentPermissions permissions)
{
    /// <exception cref="NotFoundException">There is none such for the caller.</exception>
    public async Task<StoredFileInfo> RequireAsync(Guid id, CancellationToken cancellationToken)
    {
        var file = await db.Set<StoredFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellationToken);
        return file is not null && await MayReadAsync(file.ToInfo(), cancellationToken)
            ? file.ToInfo()
            : throw new NotFoundException(nameof(StoredFile), id);
    }

    public async Task<bool> IsNarrowedAsync(CancellationToken cancellationToken) =>
        (await permissions.GetAsync(cancellationToken)).Contains(FilesPermissions.ReadAssignedOnly);

    public async Task<bool> MayReadAsync(StoredFileInfo file, CancellationToken cancellationToken)
    {
        var granted = false;
        foreach (var rule in rules)
        {
            switch (await rule.MayReadAsync(file, cancellationToken))
            {
                case false:
                    return false;
                case true:
                    granted = true;
                    break;
            }
        }

        return granted || !await IsNarrowedAsync(cancellationToken);
    }
}
