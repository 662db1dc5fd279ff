using System.Linq.Expressions;
using PilotPlatform.Deadlines;

namespace PilotPlatform.Pilots.Pilots;

/// <summary>
/// The light of something of which a part may be handed in, returned and handed in again. Three stored values suffice, so
/// that a list filters and sorts by light in SQL: what is due next, whether that date is soft, and whether anything was
/// ever late. For one date and one hand-in it says the same as <see cref="Deadline.LightOn"/>.
/// </summary>
internal static class Lights
{
    public static StatusLight On(DateOnly today, DateOnly? openDueOn, bool openDueIsSoft, bool wasLate)
    {
        if (openDueOn is not { } due)
        {
            return wasLate ? StatusLight.Yellow : StatusLight.Green;
        }

        if (today > due)
        {
            return openDueIsSoft ? StatusLight.Amber : StatusLight.Red;
        }

        return due.DayNumber - today.DayNumber <= Deadline.DueSoonDays ? StatusLight.Amber
            : wasLate ? StatusLight.Yellow : StatusLight.Green;
    }

    /// <summary>The pilots that show a light on a day.</summary>
    public static Expression<Func<Pilot, bool>> Shows(StatusLight light, DateOnly today)
    {
        var soon = today.AddDays(Deadline.DueSoonDays);
        return light switch
        {
            StatusLight.Red => p => p.OpenDueOn < today && !p.OpenDueIsSoft,
            StatusLight.Amber => p => (p.OpenDueOn < today && p.OpenDueIsSoft) || (p.OpenDueOn >= today && p.OpenDueOn <= soon),
            StatusLight.Yellow => p => p.WasLate && (p.OpenDueOn == null || p.OpenDueOn > soon),
            _ => p => !p.WasLate && (p.OpenDueOn == null || p.OpenDueOn > soon),
        };
    }

    /// <summary>A number per light, the most urgent highest, for sorting and counting in SQL.</summary>
    public static Expression<Func<Pilot, int>> Urgency(DateOnly today)
    {
        var soon = today.AddDays(Deadline.DueSoonDays);
        return p => p.OpenDueOn == null || p.OpenDueOn > soon ? (p.WasLate ? 1 : 0)
            : p.OpenDueOn < today && !p.OpenDueIsSoft ? 3
            : 2;
    }

    public static StatusLight FromUrgency(int urgency) => urgency switch
    {
        0 => StatusLight.Green,
        1 => StatusLight.Yellow,
        2 => StatusLight.Amber,
        _ => StatusLight.Red,
    };
}
