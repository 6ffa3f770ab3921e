namespace Equaticket.Host.Tests.EmbeddedPostgres;

/// <summary>A test for root alone; it is reported as skipped for everybody else.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "Only root runs the PostgreSQL server as another user.";
    }
}
