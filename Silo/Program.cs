using ChatAnalysis.Silo;
using ChatAnalysis.Silo.Composition;

return await SiloApplication.RunAsync(args, GrainComposition.AddSiloGrains);
