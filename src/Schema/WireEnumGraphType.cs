using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Spelling;

namespace Equaticket.Schema;

/// <summary>A product enum, spelled the same in REST as in the database.</summary>
public sealed class WireEnumGraphType<TEnum>() : SpelledEnumGraphType<TEnum>(WireNames<TEnum>.Of)
    where TEnum : struct, Enum;
