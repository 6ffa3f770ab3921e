using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Spelling;

internal static class WireNameConstraint
{
    /// <summary>A constraint that refuses spellings the enum does not have.</summary>
    public static void HasWireNames<TEnum>(this TableBuilder table, string column)
        where TEnum : struct, Enum
    {
        var names = string.Join(", ", WireNames<TEnum>.All.Select(name => $"'{name}'"));
        table.HasCheckConstraint($"ck_{table.Name}_{column}", $"{column} IN ({names})");
    }
}
