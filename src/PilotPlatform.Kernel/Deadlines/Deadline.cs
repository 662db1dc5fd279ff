namespace PilotPlatform.Deadlines;

/// <summary>How exact a due date is; the stored date is always the last day of the period.</summary>
public enum DuePrecision
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>The end of a month.</summary>
    Month,

    /// <summary>The end of a quarter.</summary>
    Quarter,

    /// <summary>The end of a half-year.</summary>
    HalfYear,

    /// <summary>The end of a year.</summary>
    Year,
}

/// <summary>红黄绿灯: colour and what it means.</summary>
public enum StatusLight
{
    /// <summary>On time, or done on time.</summary>
    Green,

    /// <summary>Late but made up (补办); never green again.</summary>
    Yellow,

    /// <summary>Due soon, or past a soft deadline (“原则上”).</summary>
    Amber,

    /// <summary>Overdue.</summary>
    Red,
}

/// <summary>A due date with its precision and softness.</summary>
/// <param name="Date">The last day, in China.</param>
/// <param name="Precision">How exact the source was.</param>
/// <param name="IsSoft">True for “原则上”: past it the light is amber, not red, until the issuer rules.</param>
public readonly record struct Deadline(DateOnly Date, DuePrecision Precision, bool IsSoft)
{
    /// <summary>How many days before the date the light turns amber.</summary>
    public const int DueSoonDays = 7;

    /// <summary>The light on a day, from the deadline and from what was done.</summary>
    /// <param name="today">The day, in China.</param>
    /// <param name="doneOn">When it was done, or null while it is open.</param>
    public StatusLight LightOn(DateOnly today, DateOnly? doneOn)
    {
        if (doneOn is { } done)
        {
            return done <= Date ? StatusLight.Green : StatusLight.Yellow;
        }

        if (today > Date)
        {
            return IsSoft ? StatusLight.Amber : StatusLight.Red;
        }

        return Date.DayNumber - today.DayNumber <= DueSoonDays ? StatusLight.Amber : StatusLight.Green;
    }
}
