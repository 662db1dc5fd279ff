using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Users;

/// <inheritdoc cref="IMailAddressBook"/>
internal sealed class MailAddressBook(PlatformDbContext db) : IMailAddressBook
{
    public async Task<IReadOnlyDictionary<Guid, string>> FindAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        await db.Set<User>().AcrossTenants("mail to people whom another region's event concerns; the address is shown to nobody").AsNoTracking()
            .Where(u => userIds.Contains(u.Id) && u.IsActive && u.Email != null && u.Email != "")
            .ToDictionaryAsync(u => u.Id, u => u.Email!, cancellationToken);
}
