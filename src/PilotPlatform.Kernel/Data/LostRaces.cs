using System.Data.Common;

namespace PilotPlatform.Data;

/// <summary>How a database says that it undid a transaction for the sake of another.</summary>
public static class LostRaces
{
    /// <summary>
    /// Class 40 of the SQL standard: the database itself undid the transaction, since two waited for one another (a deadlock) or it
    /// could not be put in a row with another. The mapper wraps such an error, more than once when it was saving. Nothing is half
    /// done; whoever asks again finds what the other has left.
    /// </summary>
    /// <param name="error">What was thrown.</param>
    public static bool IsRolledBackForAnother(this Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is DbException { SqlState: ['4', '0', ..] })
            {
                return true;
            }
        }

        return false;
    }
}
