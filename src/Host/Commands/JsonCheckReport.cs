using Equaticket.Schema.Consistency;

namespace Equaticket.Host.Commands;

/// <summary>Prints the findings of a check as one line of JSON, incrementally.</summary>
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
