using Equaticket.Schema.Consistency;

namespace Equaticket.Host.Commands;

/// <summary>Prints what a check finds while it finds it, a line each.</summary>
internal class CheckReport
{
    protected int Count { get; private set; }

    public void Add(Difference difference)
    {
        Write(difference);
        Count++;
    }

    /// <param name="organizations">How many were checked.</param>
    /// <returns>How many differences there were.</returns>
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
