using Equaticket.Schema.Consistency;

namespace Equaticket.Host.Commands;

/// <summary>Prints what a check finds as one line of JSON, piece by piece.</summary>
internal sealed class JsonCheckReport : CheckReport
{
    protected override void Write(Difference difference)
    {
        Console.Write(Count == 0 ? """{"differences":[""" : ",");
        Console.Write(CommandHost.ToJson(difference));
    }

    protected override void WriteEnd(int organizations)
    {
        if (Count == 0)
            Console.Write("""{"differences":[""");
        Console.WriteLine($$"""],"organizations":{{organizations}}}""");
    }
}
