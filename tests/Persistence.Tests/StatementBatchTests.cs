using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equaticket.Persistence.Tests;

public sealed class StatementBatchTests : PersistenceTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_takes_place_only_if_the_required_row_exists(bool exists)
    {
        var row = NewEvent();
        await using (var database = Lease())
        await using (await database.Database.BeginTransactionAsync())
        {
            database.Add(row);
            await using var batch = new StatementBatch(database);
            await database.SaveChangesAsync();
            batch.Require("SELECT 1 FROM organizations WHERE id = $1", exists ? Org.Organization.Id : Guid.Empty);
            if (exists)
                Assert.True(await batch.CommitAsync());
            else
                await Assert.ThrowsAsync<MissingRowException>(batch.CommitAsync);
        }

        await using var later = Lease();
        Assert.Equal(exists, await later.Events.AnyAsync(e => e.Id == row.Id));
    }

    [Fact]
    public async Task The_error_of_a_late_statement_is_thrown()
    {
        await using var database = Lease();
        await using var transaction = await database.Database.BeginTransactionAsync();
        await using var batch = new StatementBatch(database);
        batch.Add("SELECT 1");
        batch.Add("SELECT $1::integer", "late");
        await Assert.ThrowsAsync<PostgresException>(() => batch.ExecuteAsync(default));
    }
}
