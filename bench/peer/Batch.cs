using GraphQL.DataLoader;

namespace Equaticket.Peer;

/// <summary>Collects the parents of one level and reads their children with one statement.</summary>
internal sealed class Batch<T>(Func<List<Guid>, Task<ILookup<Guid, T>>> fetch)
{
    private Round? _open;

    public IDataLoaderResult Load(Guid parent)
    {
        _open ??= new Round(this);
        _open.Parents.Add(parent);
        return new Result(_open, parent);
    }

    private sealed class Round(Batch<T> batch)
    {
        private Task<ILookup<Guid, T>>? _rows;

        public HashSet<Guid> Parents { get; } = [];

        public Task<ILookup<Guid, T>> ReadAsync()
        {
            if (batch._open == this)
                batch._open = null;
            return _rows ??= batch.FetchAsync([.. Parents]);
        }
    }

    private Task<ILookup<Guid, T>> FetchAsync(List<Guid> parents) => fetch(parents);

    private sealed class Result(Round round, Guid parent) : IDataLoaderResult
    {
        public async Task<object?> GetResultAsync(CancellationToken cancellationToken = default) =>
            new Page<T>([.. (await round.ReadAsync())[parent]]);
    }
}
