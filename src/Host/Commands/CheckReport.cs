using Equaticket.Schema.Consistency;

namespace Equaticket.Host.Commands;

/// <summary>Prints differences as a check finds them, one line each.</summary>
internal class CheckReport
{
    protected int Count { get; private set; }

    public void Add(Difference difference)
    {
        Write(difference);
        Count++;
    }

    /// <param name="organizations">The number of organizations checked.</param>
    /// <returns>The number of differences.</returns>
    public int End(int organizations)
    {
        WriteEnd(organizations);
        return Count;
    }

    protected virtual void Write(Difference difference) => Console.WriteLine(
        $"{difference.Organization} {difference.Mode} {difference.Kind} {difference.Id}: expected "
        + $"{difference.Expected}, found {difference.Actual}. {difference.Message}");

    protected virtual void WriteEnd(int organizations) =>
        Console.WriteLine($"{Count} differences in {organizations} organizations.");
}
