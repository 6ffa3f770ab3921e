namespace Equaticket.Host.Tests.EmbeddedPostgres;

/// <summary>A test that only root can run; for other users, it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "Only root runs the PostgreSQL server as another user.";
    }
}
