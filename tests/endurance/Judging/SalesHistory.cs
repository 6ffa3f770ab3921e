namespace Equaticket.Endurance.Judging;

/// <summary>A client's view of one ticket type: a sale, a refusal that states what is left, or a refund.</summary>
/// <param name="Start">When the client sent its first request.</param>
/// <param name="End">When the response arrived; <see cref="long.MaxValue"/> if it never did.</param>
/// <param name="Change">The change in the number of tickets left: negative for a sale, positive for a refund.</param>
/// <param name="Seen">For a refusal: the number of tickets left.</param>
public sealed record StockOperation(long Start, long End, int Change, int? Seen = null)
{
    public static StockOperation Sale(long start, long end, int count) => new(start, end, -count);

    public static StockOperation Refund(long start, long end, int count) => new(start, end, count);

    public static StockOperation Refusal(long start, long end, int left) => new(start, end, 0, left);
}

/// <summary>
/// Judges whether a history is linearizable: whether all operations can be put in a single order, each at some moment
/// between its start and its end, such that no sale takes more than is left and each refusal sees exactly what is left.
/// </summary>
/// <remarks>
/// This is the search of Wing and Gong. A refusal changes nothing, so it is placed as soon as it fits. Among operations
/// with the same change, the one that ends first is placed first, since swapping two of them doesn't affect the state.
/// So the search branches only on different changes, and visits each set of placed operations once.
/// </remarks>
public sealed class SalesHistory
{
    /// <summary>The maximum number of sets to search. Beyond it, the verdict is null.</summary>
    private const int MaxVisits = 2_000_000;

    private readonly StockOperation[] _operations;
    private readonly bool[] _placed;
    private readonly HashSet<string> _visited = [];
    private int _first;

    private SalesHistory(IEnumerable<StockOperation> operations)
    {
        _operations = [.. operations.OrderBy(operation => operation.Start)];
        _placed = new bool[_operations.Length];
    }

    /// <returns>Whether the history is linearizable; null if it is too complex to decide.</returns>
    public static bool? Judge(int capacity, IEnumerable<StockOperation> operations)
    {
        var history = new SalesHistory(operations);
        return history.Search(capacity) ? true : history._visited.Count >= MaxVisits ? null : false;
    }

    private bool Search(int left)
    {
        var (placed, firstBefore) = (new List<int>(), _first);
        PlaceRefusals(left, placed);
        if (_first == _operations.Length)
            return true;
        if (_visited.Count < MaxVisits && _visited.Add(State()))
        {
            foreach (var next in Choices(left))
            {
                var first = _first;
                _placed[next] = true;
                Advance();
                if (Search(left + _operations[next].Change))
                    return true;
                (_placed[next], _first) = (false, first);
            }
        }

        placed.ForEach(index => _placed[index] = false);
        _first = firstBefore;
        return false;
    }

    private void PlaceRefusals(int left, List<int> placed)
    {
        for (var found = true; found;)
        {
            var fitting = Open().Where(index => _operations[index].Seen == left).ToList();
            found = fitting.Count > 0;
            fitting.ForEach(index => _placed[index] = true);
            placed.AddRange(fitting);
            Advance();
        }
    }

    /// <returns>One operation per change that is possible now: the one that ends first.</returns>
    private List<int> Choices(int left) =>
        [.. Open()
            .Where(index => _operations[index].Seen is null && left + _operations[index].Change >= 0)
            .GroupBy(index => _operations[index].Change)
            .Select(same => same.MinBy(index => _operations[index].End))
            .OrderBy(index => _operations[index].End)];

    /// <returns>The operations that may come next: those that start before any other remaining one ends.</returns>
    private IEnumerable<int> Open()
    {
        var end = long.MaxValue;
        var open = new List<int>();
        for (var index = _first; index < _operations.Length && _operations[index].Start <= end; index++)
        {
            if (_placed[index])
                continue;
            open.Add(index);
            end = Math.Min(end, _operations[index].End);
        }

        return open.Where(index => _operations[index].Start <= end);
    }

    private void Advance()
    {
        while (_first < _placed.Length && _placed[_first])
            _first++;
    }

    /// <summary>Encodes which operations are placed: all before the first unplaced one, and some after it.</summary>
    private string State()
    {
        var count = Math.Max(0, Array.LastIndexOf(_placed, true) + 1 - _first);
        return $"{_first}:{string.Concat(_placed.Skip(_first).Take(count).Select(placed => placed ? '1' : '0'))}";
    }
}
