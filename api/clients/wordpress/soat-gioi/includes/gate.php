<?php
/**
 * The gate on the way to publication: what is to be published or scheduled is checked first.
 *
 * What the server blocks is not published, where the administrator wants it held; what asks for a look is published with
 * its note. A published post stays published: a change to its words that is blocked is kept beside it and not shown.
 *
 * @package SoatGioi
 */

namespace SoatGioi;

defined( 'ABSPATH' ) || exit;

/** Put the gate before every type of post that is checked. */
function guard() {
	foreach ( post_types() as $type ) {
		add_filter( "rest_pre_insert_$type", array( Gate::class, 'before_rest' ), 100, 2 );
		register_rest_field(
			$type,
			'soat_gioi',
			array(
				'get_callback' => function ( $post ) {
					return kept( (int) $post['id'] );
				},
				'schema'       => array(
					'description' => 'Kết quả soát giới của lần lưu gần nhất.',
					'type'        => array( 'object', 'null' ),
					'context'     => array( 'edit' ),
					'readonly'    => true,
				),
			)
		);
	}
	add_filter( 'wp_insert_post_data', array( Gate::class, 'before_insert' ), 100, 2 );
	add_action( 'save_post', array( Gate::class, 'after_insert' ), 10, 2 );
	add_filter( 'redirect_post_location', array( Gate::class, 'before_redirect' ), 10, 2 );
}

/** Checks on the way into the database, and remembers the result until the post is there. */
final class Gate {

	/**
	 * Result of the article that is being saved, until it is kept with its post.
	 *
	 * @var array<string, mixed>|null
	 */
	private static $result = null;

	/**
	 * Whether the REST API already checked what is now being inserted.
	 *
	 * @var bool
	 */
	private static $seen = false;

	/**
	 * A change to a published post that was not let through: its result and its fingerprint.
	 *
	 * @var array{0: array<string, mixed>, 1: string}|null
	 */
	private static $refused = null;

	/**
	 * Id of the post that was last held back in this request.
	 *
	 * @var int
	 */
	private static $held = 0;

	/**
	 * Check what the block editor, or another client of the REST API, is about to publish.
	 *
	 * @param \stdClass|\WP_Error $prepared What is about to be saved, not slashed.
	 * @param \WP_REST_Request    $request  The request.
	 * @return \stdClass|\WP_Error
	 */
	public static function before_rest( $prepared, $request ) {
		self::forget();
		if ( is_wp_error( $prepared ) || preg_match( '~/autosaves$~', (string) $request->get_route() ) ) {
			return $prepared;
		}
		$old    = empty( $prepared->ID ) ? null : get_post( $prepared->ID );
		$status = $prepared->post_status ?? ( $old ? $old->post_status : 'draft' );
		$words  = array();
		foreach ( array( 'post_title', 'post_content', 'post_excerpt' ) as $name ) {
			$words[ $name ] = (string) ( $prepared->$name ?? ( $old ? $old->$name : '' ) );
		}
		self::$seen = true;
		if ( ! self::due( $status, $words, $old ) ) {
			return $prepared;
		}
		$author = $prepared->post_author ?? ( $old ? $old->post_author : get_current_user_id() );
		$result = self::ask( $words, $old ? $old->ID : 0, (int) $author );
		if ( ! self::holds( $result ) ) {
			self::$result = $result;
			return $prepared;
		}
		if ( $old && ! self::out( $old ) ) {
			keep( $old->ID, $result, fingerprint( ...array_values( $words ) ) );
		}
		return new \WP_Error(
			$result['checked'] ? 'soat_gioi_held' : 'soat_gioi_unchecked',
			held_message( $result ),
			array(
				'status'    => $result['checked'] ? 422 : 503,
				'soat_gioi' => $result,
			)
		);
	}

	/**
	 * Check what any other way, such as the classic editor, is about to publish.
	 *
	 * @param array<string, mixed> $data    What is about to be saved, slashed.
	 * @param array<string, mixed> $postarr What was asked for, slashed.
	 * @return array<string, mixed>
	 */
	public static function before_insert( $data, $postarr ) {
		if ( self::$seen ) {
			self::$seen = false;
			return $data;
		}
		if ( ! in_array( $data['post_type'], post_types(), true ) ) {
			return $data;
		}
		self::forget();
		$old   = empty( $postarr['ID'] ) ? null : get_post( (int) $postarr['ID'] );
		$words = array();
		foreach ( array( 'post_title', 'post_content', 'post_excerpt' ) as $name ) {
			$words[ $name ] = wp_unslash( (string) $data[ $name ] );
		}
		if ( defined( 'WP_IMPORTING' ) || ! self::due( $data['post_status'], $words, $old ) ) {
			return $data;
		}
		$result = self::ask( $words, $old ? $old->ID : 0, (int) $data['post_author'] );
		if ( ! self::holds( $result ) ) {
			self::$result = $result;
			return $data;
		}
		if ( $old && 'publish' === $old->post_status ) {
			self::$refused = array( $result, fingerprint( ...array_values( $words ) ) );
			return self::put_beside( $data, $words, $old );
		}
		self::$result = $result;
		if ( 'publish' === $data['post_status'] ) {
			// So that it goes out with the time at which it is published in the end.
			$data['post_date_gmt'] = '0000-00-00 00:00:00';
		}
		$data['post_status'] = 'pending';
		return $data;
	}

	/**
	 * Keep the result with the post.
	 *
	 * @param int      $id   Id of the post.
	 * @param \WP_Post $post The post as it was saved.
	 */
	public static function after_insert( $id, $post ) {
		if ( ! in_array( $post->post_type, post_types(), true ) ) {
			return;
		}
		if ( self::$refused || ( self::$result && 'pending' === $post->post_status ) ) {
			self::$held = $id;
		}
		if ( self::$refused ) {
			keep( $id, self::$refused[0], self::$refused[1], META_HELD );
		} else {
			delete_post_meta( $id, META_HELD );
		}
		if ( self::$result ) {
			keep( $id, self::$result, fingerprint_of( $post ) );
		}
		self::forget();
	}

	/**
	 * Leave out that a post was updated where it was held back; the notice of the plugin says what became of it.
	 *
	 * @param string $location Where the classic editor goes after it saved.
	 * @param int    $id       Id of the post.
	 * @return string
	 */
	public static function before_redirect( $location, $id ) {
		return (int) $id === self::$held ? remove_query_arg( 'message', $location ) : $location;
	}

	/** Forget what a save before this one left. */
	private static function forget() {
		self::$result  = null;
		self::$refused = null;
		self::$seen    = false;
	}

	/**
	 * Say whether an article has to be checked: it is about to be published or scheduled, or its published words change.
	 *
	 * @param string                $status Status it is to have.
	 * @param array<string, string> $words  Title, content, excerpt.
	 * @param \WP_Post|null         $old    The post as it stands.
	 * @return bool
	 */
	private static function due( $status, array $words, $old ) {
		if ( ! configured() || ! in_array( $status, array( 'publish', 'future' ), true ) ) {
			return false;
		}
		return ! $old || ! self::out( $old ) || fingerprint( ...array_values( $words ) ) !== fingerprint_of( $old );
	}

	/**
	 * Say whether a post is published or will be at its time.
	 *
	 * @param \WP_Post $post The post.
	 * @return bool
	 */
	private static function out( \WP_Post $post ) {
		return in_array( $post->post_status, array( 'publish', 'future' ), true );
	}

	/**
	 * Have an article checked.
	 *
	 * @param array<string, string> $words  Title, content, excerpt.
	 * @param int                   $id     Id of the post, or 0.
	 * @param int                   $author Id of the author.
	 * @return array<string, mixed>
	 */
	private static function ask( array $words, $id, $author ) {
		return check( article( $id, $words['post_title'], $words['post_content'], $words['post_excerpt'], $author ) );
	}

	/**
	 * Say whether a result holds the article back.
	 *
	 * @param array<string, mixed> $result The result.
	 * @return bool
	 */
	private static function holds( array $result ) {
		$settings = settings();
		$held     = $settings['hold'] && ( $result['checked'] ? 'block' === $result['gate'] : 'hold' === $settings['unreachable'] );
		/**
		 * Filters whether an article is held back.
		 *
		 * @param bool                 $held   Whether it is.
		 * @param array<string, mixed> $result Result of its check.
		 */
		return (bool) apply_filters( 'soat_gioi_hold', $held, $result );
	}

	/**
	 * Leave a published post as it is, and keep the new words as an autosave, which its editor offers when it is opened.
	 *
	 * @param array<string, mixed>  $data  What was about to be saved, slashed.
	 * @param array<string, string> $words New title, content, excerpt.
	 * @param \WP_Post              $old   The post.
	 * @return array<string, mixed> What is saved instead, slashed.
	 */
	private static function put_beside( array $data, array $words, \WP_Post $old ) {
		require_once ABSPATH . 'wp-admin/includes/post.php';
		wp_create_post_autosave(
			wp_slash(
				array(
					'post_ID'    => $old->ID,
					'post_type'  => $old->post_type,
					'post_title' => $words['post_title'],
					'content'    => $words['post_content'],
					'excerpt'    => $words['post_excerpt'],
				)
			)
		);
		foreach ( array( 'post_title', 'post_content', 'post_excerpt', 'post_status', 'post_modified', 'post_modified_gmt' ) as $name ) {
			$data[ $name ] = wp_slash( $old->$name );
		}
		return $data;
	}
}
