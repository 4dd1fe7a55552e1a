package id.pantau.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What keeps `media` a library others could use on its own.
class ArchitectureTest {
    private static final JavaClasses MEDIA =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("id.pantau.media");

    @Test
    void mediaNeedsTheJdkOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "id.pantau.media..",
                        "java..",
                        "javax..",
                        "org.jspecify..",
                        "org.bouncycastle..")
                .because("no Spring, no server, no logging framework, no native code")
                .check(MEDIA);
    }

    @Test
    void mediaEntersNoNativeCode() {
        noMethods().should().haveModifier(JavaModifier.NATIVE).check(MEDIA);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(MEDIA);
        noClasses().should().callMethod(System.class, "loadLibrary", String.class).check(MEDIA);
    }

    @Test
    void mediaStartsNoProgramsAndPrintsNothing() {
        noClasses().should().dependOnClassesThat().belongToAnyOf(ProcessBuilder.class).check(MEDIA);
        noClasses().should().accessField(System.class, "out").check(MEDIA);
        noClasses().should().accessField(System.class, "err").check(MEDIA);
    }
}
