using System.ComponentModel;

namespace Equaticket.Schema;

/// <summary>The root of all mutations. Each feature adds its fields in a separate file.</summary>
[Description("Mutations. A request has exactly one of these fields; it takes effect completely or not at all.")]
public sealed partial class Mutation;
