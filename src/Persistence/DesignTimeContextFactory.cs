using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Equaticket.Persistence;

/// <summary>Lets <c>dotnet ef migrations add</c> read the model; it never connects.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<EquaticketDbContext>
{
    public EquaticketDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<EquaticketDbContext>();
        PersistenceServices.Configure(options, NpgsqlDataSource.Create("Host=localhost"));
        return new EquaticketDbContext(options.Options);
    }
}
